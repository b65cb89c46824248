"""What is measured, and how. Not part of the installed package."""
