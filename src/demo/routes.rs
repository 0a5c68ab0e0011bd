//! The table of routes: which handler answers which operation.

use super::ask::Ask;
use super::problem::Problem;
use super::reply::Reply;
use super::world::World;

/// Answers one operation.
pub(super) type Handler = fn(&mut World, &Ask) -> Result<Reply, Problem>;

/// One route: method, path with placeholders, handler.
pub(super) type Route = (&'static str, &'static str, Handler);

/// Every route of the server.
pub(super) fn all() -> impl Iterator<Item = &'static Route> {
    [MESSAGING, EMAILS, ACCOUNTS, WEBHOOKS]
        .into_iter()
        .flatten()
}

/// The pages for browsers, which bring no key.
pub(super) fn pages() -> impl Iterator<Item = &'static Route> {
    PAGES.iter()
}

const MESSAGING: &[Route] = {
    use super::areas::{attendees, chats, messages};
    &[
        ("GET", "/api/v1/chats", chats::list),
        ("POST", "/api/v1/chats", messages::start_chat),
        ("GET", "/api/v1/chats/{chat_id}", chats::get),
        ("PATCH", "/api/v1/chats/{chat_id}", chats::patch),
        ("DELETE", "/api/v1/chats/{chat_id}", chats::delete),
        ("GET", "/api/v1/chats/{chat_id}/messages", messages::of_chat),
        ("POST", "/api/v1/chats/{chat_id}/messages", messages::send),
        (
            "GET",
            "/api/v1/chats/{chat_id}/attendees",
            attendees::of_chat,
        ),
        ("GET", "/api/v1/chats/{chat_id}/sync", chats::sync),
        ("GET", "/api/v1/messages", messages::list),
        ("GET", "/api/v1/messages/{message_id}", messages::get),
        ("PATCH", "/api/v1/messages/{message_id}", messages::edit),
        ("DELETE", "/api/v1/messages/{message_id}", messages::delete),
        (
            "POST",
            "/api/v1/messages/{message_id}/forward",
            messages::forward,
        ),
        (
            "POST",
            "/api/v1/messages/{message_id}/reaction",
            messages::react,
        ),
        (
            "GET",
            "/api/v1/messages/{message_id}/attachments/{attachment_id}",
            messages::attachment,
        ),
        ("GET", "/api/v1/chat_attendees", attendees::list),
        ("GET", "/api/v1/chat_attendees/{id}", attendees::get),
        (
            "GET",
            "/api/v1/chat_attendees/{id}/picture",
            attendees::picture,
        ),
        (
            "GET",
            "/api/v1/chat_attendees/{attendee_id}/chats",
            attendees::chats,
        ),
        (
            "GET",
            "/api/v1/chat_attendees/{attendee_id}/messages",
            attendees::messages,
        ),
    ]
};

const EMAILS: &[Route] = {
    use super::areas::emails::{self, folders};
    &[
        ("GET", "/api/v1/emails", emails::list),
        ("POST", "/api/v1/emails", emails::send),
        ("GET", "/api/v1/emails/{email_id}", emails::get),
        ("DELETE", "/api/v1/emails/{email_id}", emails::delete),
        ("PUT", "/api/v1/emails/{email_id}", emails::update),
        (
            "GET",
            "/api/v1/emails/{email_id}/attachments/{attachment_id}",
            emails::attachment,
        ),
        ("GET", "/api/v1/emails/folders", folders::list),
        ("GET", "/api/v1/emails/folders/{folder_id}", folders::get),
        ("POST", "/api/v1/emails/drafts", emails::create_draft),
        ("GET", "/api/v1/folders", folders::list),
        ("GET", "/api/v1/folders/{folder_id}", folders::get),
        ("POST", "/api/v1/drafts", emails::create_draft),
        ("GET", "/api/v1/emails/contacts", emails::contacts),
    ]
};

const ACCOUNTS: &[Route] = {
    use super::areas::{accounts, linking};
    &[
        ("GET", "/api/v1/accounts", accounts::list),
        ("POST", "/api/v1/accounts", linking::connect),
        ("POST", "/api/v1/accounts/checkpoint", linking::solve),
        (
            "POST",
            "/api/v1/accounts/checkpoint/resend",
            linking::resend,
        ),
        ("GET", "/api/v1/accounts/{id}", accounts::get),
        ("POST", "/api/v1/accounts/{id}", linking::reconnect),
        ("DELETE", "/api/v1/accounts/{id}", accounts::delete),
        ("POST", "/api/v1/accounts/{id}/restart", accounts::restart),
        ("GET", "/api/v1/accounts/{account_id}/sync", accounts::sync),
        ("POST", "/api/v1/hosted/accounts/link", linking::hosted_link),
    ]
};

const WEBHOOKS: &[Route] = {
    use super::areas::webhooks;
    &[
        ("GET", "/api/v1/webhooks", webhooks::list),
        ("POST", "/api/v1/webhooks", webhooks::create),
        ("DELETE", "/api/v1/webhooks/{webhook_id}", webhooks::delete),
    ]
};

const PAGES: &[Route] = {
    use super::areas::linking;
    &[
        ("GET", "/demo/approve/{account_id}", |world, ask| {
            Ok(linking::approve_page(world, ask))
        }),
        ("GET", "/demo/wizard/{token}", |world, ask| {
            Ok(linking::wizard(world, ask))
        }),
        ("POST", "/demo/wizard/{token}", |world, ask| {
            Ok(linking::wizard_answer(world, ask))
        }),
    ]
};
