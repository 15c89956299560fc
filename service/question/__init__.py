"""What a person typed goes in; what is asked, of whom, and of which time and outlet comes out."""
