"""What a person or a program is shown: one module a surface, pure functions of answers."""
