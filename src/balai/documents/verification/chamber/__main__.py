"""`python -m balai.documents.verification.chamber SOCKET`."""

from balai.documents.verification.chamber.serving import main

if __name__ == "__main__":
    main()
