//! Relations, followers and invitations.
