"""The tables of weights in `domain/mail/learned`, learned from the project's labelled mails."""
