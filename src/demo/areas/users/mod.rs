//! People at the networks: the owner, profiles, relations, followers, invitations.

mod invitations;
mod me;
mod network;
mod profiles;
mod sections;

#[cfg(test)]
mod tests;

// `live` calls it when a plan falls due.
pub(in crate::demo) use invitations::{
    accepted, cancel, cancel_seed_form, handle, invite, received, sent,
};
pub(in crate::demo) use me::{edit, me};
pub(in crate::demo) use network::{followers, following, relations};
pub(in crate::demo) use profiles::profile;
pub(in crate::demo) use sections::endorsement_id;
