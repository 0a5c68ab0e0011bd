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
    let areas = [
        ACCOUNTS, MESSAGING, USERS, POSTS, LINKEDIN, EMAILS, WEBHOOKS, CALENDARS,
    ];
    areas.into_iter().flatten()
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

const USERS: &[Route] = {
    use super::areas::{posts, users};
    &[
        ("GET", "/api/v1/users/invite/sent", users::sent),
        (
            "DELETE",
            "/api/v1/users/invite/sent/{invitation_id}",
            users::cancel,
        ),
        (
            "POST",
            "/api/v1/users/cancel-invite",
            users::cancel_seed_form,
        ),
        ("GET", "/api/v1/users/invite/received", users::received),
        (
            "POST",
            "/api/v1/users/invite/received/{invitation_id}",
            users::handle,
        ),
        ("POST", "/api/v1/users/invite", users::invite),
        ("GET", "/api/v1/users/me", users::me),
        ("PATCH", "/api/v1/users/me/edit", users::edit),
        ("GET", "/api/v1/users/relations", users::relations),
        ("GET", "/api/v1/users/followers", users::followers),
        ("GET", "/api/v1/users/following", users::following),
        ("GET", "/api/v1/users/posts", posts::of_user),
        ("GET", "/api/v1/users/comments", posts::comments_by),
        ("GET", "/api/v1/users/reactions", posts::reactions_by),
        ("GET", "/api/v1/users/{identifier}", users::profile),
        ("GET", "/api/v1/users/{identifier}/posts", posts::of_user),
        (
            "GET",
            "/api/v1/users/{identifier}/comments",
            posts::comments_by,
        ),
        (
            "GET",
            "/api/v1/users/{identifier}/reactions",
            posts::reactions_by,
        ),
    ]
};

const POSTS: &[Route] = {
    use super::areas::posts;
    &[
        ("POST", "/api/v1/posts", posts::create),
        ("POST", "/api/v1/posts/reaction", posts::react),
        ("GET", "/api/v1/posts/{post_id}", posts::get),
        ("GET", "/api/v1/posts/{post_id}/comments", posts::comments),
        ("POST", "/api/v1/posts/{post_id}/comments", posts::comment),
        ("GET", "/api/v1/posts/{post_id}/reactions", posts::reactions),
    ]
};

const LINKEDIN: &[Route] = {
    use super::areas::linkedin;
    &[
        ("POST", "/api/v1/linkedin", linkedin::raw),
        ("GET", "/api/v1/linkedin/projects", linkedin::projects),
        ("GET", "/api/v1/linkedin/projects/{id}", linkedin::project),
        (
            "POST",
            "/api/v1/linkedin/user/{user_id}",
            linkedin::act_on_member,
        ),
        (
            "GET",
            "/api/v1/linkedin/company/{identifier}",
            linkedin::company,
        ),
        (
            "GET",
            "/api/v1/linkedin/inmail_balance",
            linkedin::inmail_balance,
        ),
        (
            "POST",
            "/api/v1/linkedin/profile/endorse",
            linkedin::endorse,
        ),
        (
            "GET",
            "/api/v1/linkedin/search/parameters",
            linkedin::parameters,
        ),
        ("POST", "/api/v1/linkedin/search", linkedin::search),
        ("GET", "/api/v1/linkedin/jobs", linkedin::jobs),
        ("POST", "/api/v1/linkedin/jobs", linkedin::create_job),
        ("GET", "/api/v1/linkedin/jobs/{job_id}", linkedin::job),
        (
            "PATCH",
            "/api/v1/linkedin/jobs/{job_id}",
            linkedin::edit_job,
        ),
        (
            "POST",
            "/api/v1/linkedin/jobs/{draft_id}/publish",
            linkedin::publish_job,
        ),
        (
            "POST",
            "/api/v1/linkedin/jobs/{draft_id}/checkpoint",
            linkedin::solve_checkpoint,
        ),
        (
            "POST",
            "/api/v1/linkedin/jobs/{id}/close",
            linkedin::close_job,
        ),
        (
            "GET",
            "/api/v1/linkedin/jobs/{id}/applicants",
            linkedin::applicants,
        ),
        (
            "GET",
            "/api/v1/linkedin/jobs/applicants/{applicant_id}",
            linkedin::applicant,
        ),
        (
            "GET",
            "/api/v1/linkedin/jobs/applicants/{applicant_id}/resume",
            linkedin::resume,
        ),
    ]
};

const CALENDARS: &[Route] = {
    use super::areas::calendars;
    &[
        ("GET", "/api/v1/calendars", calendars::list),
        ("GET", "/api/v1/calendars/{calendar_id}", calendars::get),
        (
            "GET",
            "/api/v1/calendars/{calendar_id}/events",
            calendars::events,
        ),
        (
            "POST",
            "/api/v1/calendars/{calendar_id}/events",
            calendars::create,
        ),
        (
            "GET",
            "/api/v1/calendars/{calendar_id}/events/{event_id}",
            calendars::event,
        ),
        (
            "PATCH",
            "/api/v1/calendars/{calendar_id}/events/{event_id}",
            calendars::edit,
        ),
        (
            "DELETE",
            "/api/v1/calendars/{calendar_id}/events/{event_id}",
            calendars::delete,
        ),
        (
            "GET",
            "/api/v1/calendars/events/{event_id}",
            calendars::event,
        ),
        (
            "PATCH",
            "/api/v1/calendars/events/{event_id}",
            calendars::edit,
        ),
        (
            "DELETE",
            "/api/v1/calendars/events/{event_id}",
            calendars::delete,
        ),
    ]
};
