"""A prompt's name goes in, what a chat model is told comes out: one Markdown file a prompt, readable without Python."""

from prompts.loading import Prompt, PromptUnusable, names, prompt

__all__ = ["Prompt", "PromptUnusable", "names", "prompt"]
