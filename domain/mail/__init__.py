"""What an e-mail says: bytes in, values out. Nothing here opens or fetches what a mail holds."""
