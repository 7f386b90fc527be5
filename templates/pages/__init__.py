"""The portal's pages: templates, their words in both languages, the style sheet."""
