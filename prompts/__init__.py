"""What a chat model is told, one Markdown file a prompt. Empty until a chat model may write answers."""
