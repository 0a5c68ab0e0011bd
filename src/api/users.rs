//! People: profiles, relations, invitations.
