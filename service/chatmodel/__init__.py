"""Messages go in; text of a chat model of the user's comes out, piece by piece, or an error that says what to do."""
