//! How mails, folders and contacts are written on the wire.

use crate::api::fields::{Decode, Fields, Flaw};
use crate::api::words::{sendable, words};
use crate::model::account::Provider;
use crate::model::email::{
    Address, AddressKind, Contact, ContactPoint, Email, EmailAttachment, EmailRemoval, Extent,
    Folder, FolderRole, Header, InReplyTo, Origin, SentEmail,
};
use crate::model::id::FolderId;
use crate::model::text::clean;

sendable! { Extent FolderRole }

words! {
    Origin { "unipile" => Unipile, "external" => External }
    AddressKind { "EMAIL_ADDRESS" => Email }
    EmailRemoval { "EmailDeleted" => Deleted, "EmailTrashed" => Trashed }
}

impl Decode for Email {
    const NAME: &'static str = "Email";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            deprecated_id: f.id("deprecated_id"),
            account_id: f.need("account_id")?.into(),
            provider: provider(f),
            extent: f.word("kind"),
            date: f.need_time("date")?,
            role: f.word("role").unwrap_or(FolderRole::Unknown),
            folders: f.texts("folders"),
            folder_ids: f
                .tokens("folderIds")
                .into_iter()
                .map(FolderId::new)
                .collect(),
            is_read: f.token("read_date").is_some_and(|date| !date.is_empty()),
            read_date: f.time("read_date"),
            message_id: f.token("message_id"),
            provider_id: f.token("provider_id"),
            thread_id: f.token("thread_id"),
            from: f.one("from_attendee"),
            to: f.list("to_attendees"),
            cc: f.list("cc_attendees"),
            bcc: f.list("bcc_attendees"),
            reply_to: f.list("reply_to_attendees"),
            subject: f.text("subject"),
            body: f.text("body"),
            body_plain: f.text("body_plain"),
            has_attachments: f.flag("has_attachments"),
            attachments: f.list("attachments"),
            headers: f.list("headers"),
            origin: f.word("origin"),
            tracking_id: f.token("tracking_id"),
            in_reply_to: f.one("in_reply_to"),
            is_complete: f.flag("is_complete"),
            parent_mail: f.json_text("parent_mail"),
        })
    }
}

/// Mails call Google's account by two names.
fn provider(f: &Fields<'_>) -> Option<Provider> {
    f.word("type").map(|provider| match provider {
        Provider::Other(name) if name == "GOOGLE" => Provider::Google,
        provider => provider,
    })
}

impl Decode for Address {
    const NAME: &'static str = "EmailAttendee";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: f.text("display_name"),
            address: clean(&f.need("identifier")?),
            kind: f.word("identifier_type"),
            picture_url: f.text("profile_picture"),
        })
    }
}

impl Decode for EmailAttachment {
    const NAME: &'static str = "EmailAttachment";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            name: f.text_or_empty("name"),
            extension: f.text("extension"),
            size: f.count("size"),
            mime: f.text("mime"),
            cid: f.token("cid"),
        })
    }
}

impl Decode for Header {
    const NAME: &'static str = "EmailHeader";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            name: clean(&f.need("name")?),
            value: f.text_or_empty("value"),
        })
    }
}

impl Decode for InReplyTo {
    const NAME: &'static str = "InReplyTo";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            message_id: f.token("message_id"),
            id: f.id("id"),
        })
    }
}

impl Decode for Folder {
    const NAME: &'static str = "Folder";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?.into(),
            account_id: f.need("account_id")?.into(),
            name: f.text_or_empty("name"),
            role: f.word("role").unwrap_or(FolderRole::Unknown),
            mails: f.count("nb_mails"),
            provider_id: f.need("provider_id")?,
        })
    }
}

impl Decode for SentEmail {
    const NAME: &'static str = "EmailSent";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            tracking_id: f.need("tracking_id")?,
            provider_id: f.token("provider_id"),
            provider_immutable_id: f.token("provider_immutable_id"),
        })
    }
}

impl Decode for EmailRemoval {
    const NAME: &'static str = "EmailDeleted";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        f.need_word("object")
    }
}

impl Decode for Contact {
    const NAME: &'static str = "EmailContact";

    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        Ok(Self {
            id: f.need("id")?,
            account_id: f.id("account_id"),
            source: f.text("source"),
            given_name: f.text("given_name"),
            middle_name: f.text("middle_name"),
            surname: f.text("surname"),
            nickname: f.text("nickname"),
            company_name: f.text("company_name"),
            job_title: f.text("job_title"),
            picture_url: f.text("picture_url"),
            emails: f.list("emails"),
            phone_numbers: f.list("phone_numbers"),
        })
    }
}

impl Decode for ContactPoint {
    const NAME: &'static str = "ContactPoint";

    /// Mail addresses and phone numbers differ in the name of their value only.
    fn decode(f: &Fields<'_>) -> Result<Self, Flaw> {
        let value = f.text("email").map_or_else(|| f.need("number"), Ok)?;
        Ok(Self {
            value: clean(&value),
            label: f.text("type"),
        })
    }
}
