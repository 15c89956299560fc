"""A question and its passages go in; what a chat model wrote of them, checked sentence by sentence, comes out."""
