"""The portal's pages: finding a service, signing in, following, and what is mine."""
