"""What can be done on LinkedIn, each with the rules that LinkedIn has for it.

Every function refuses before it writes: what it raises leaves nothing behind but a restriction of the account.
"""
