//! Tests of the emails area, on the examples of the contract.

use serde_json::json;

use super::*;
use crate::api::contract::{every_field_counts, form, items, keeps_to_contract, one, whole};
use crate::api::page::Cursor;
use crate::api::request::Upload;
use crate::model::account::Provider;
use crate::model::email::{Address, Extent, Header, Origin};

fn new_email() -> NewEmail {
    let to = vec![Address::new("jane@example.org").named("Jane \"J\" Doe")];
    let mut email = NewEmail::new("a".into(), to, "<p>Hello</p>");
    email.cc = vec![Address::new("bo@example.org")];
    email.bcc = vec![Address::new("eve@example.org")];
    email.from = Some(Address::new("alias@example.com"));
    email.subject = Some("Proofs".into());
    email.reply_to = Some("--R9".into());
    email.headers = vec![Header {
        name: "X-One".into(),
        value: "1".into(),
    }];
    email.tracking = Some(Tracking {
        opens: Some(true),
        ..Tracking::default()
    });
    email.attachments = vec![Upload::from_bytes("proofs.pdf", *b"%PDF")];
    email
}

#[test]
fn every_example_of_the_contract_is_read() {
    let [full, meta] = &items::<Email>(&rows::LIST_EMAILS)[..] else {
        panic!("other examples than expected");
    };
    assert_eq!(full.provider, Some(Provider::Google));
    assert_eq!((&full.extent, full.is_read), (&Some(Extent::Full), false));
    assert_eq!(full.folder_ids, ["xV4mExampleFolder".into()]);
    assert_eq!(full.from.as_ref().unwrap().address, "jane@example.org");
    assert_eq!(full.attachments[0].size, Some(120_344));
    assert_eq!(full.origin, Some(Origin::External));
    assert_eq!(full.message_id.as_deref(), Some("<1234@mail.example.org>"));
    assert_eq!(
        (&meta.extent, meta.is_read),
        (&Some(Extent::Metadata), true)
    );
    one::<Email>(&rows::GET_EMAIL);
    for list in [&rows::LIST_FOLDERS, &rows::LIST_FOLDERS_SEED_FORM] {
        let folders = items::<Folder>(list);
        assert_eq!(
            (&folders[0].role, folders[0].mails),
            (&FolderRole::Inbox, Some(214))
        );
    }
    for row in [&rows::GET_FOLDER, &rows::GET_FOLDER_SEED_FORM] {
        one::<Folder>(row);
    }
    for row in [&rows::CREATE_DRAFT, &rows::CREATE_DRAFT_SEED_FORM] {
        let Stored(draft) = one(row);
        assert_eq!(draft.as_str(), "r-7312345678901234567");
    }
    assert_eq!(
        one::<SentEmail>(&rows::SEND_EMAIL).tracking_id,
        "Z-4NexampleR86b9NVClo"
    );
    assert_eq!(
        one::<EmailRemoval>(&rows::DELETE_EMAIL),
        EmailRemoval::Deleted
    );
    let contact = &items::<Contact>(&rows::LIST_EMAIL_CONTACTS)[0];
    assert_eq!(contact.emails[0].value, "jane@example.org");
    assert_eq!(contact.emails[0].label.as_deref(), Some("work"));
}

#[test]
fn every_field_of_the_contract_reaches_the_model() {
    every_field_counts::<Email>("Email", &[]);
    every_field_counts::<Folder>("Folder", &[]);
    every_field_counts::<Contact>("EmailContact", &[]);
    every_field_counts::<SentEmail>("EmailSent", &[]);
}

#[test]
fn a_mail_keeps_what_nobody_knows() {
    let email: Email = whole(&json!({
        "id": "e", "account_id": "a", "date": "2026-03-02T07:54:12.000Z", "type": "GOOGLE", "kind": "3_more",
        "role": "snoozed", "read_date": "at some time", "provider_id": "{\"uid\": 7}",
        "in_reply_to": {"message_id": "<1@x>"}, "parent_mail": {"subject": "Proofs"}, "is_complete": false,
    }));
    assert_eq!(email.provider, Some(Provider::Google));
    assert_eq!(email.extent, Some(Extent::Other("3_more".into())));
    assert_eq!(email.role, FolderRole::Other("snoozed".into()));
    assert_eq!((email.is_read, email.read_date), (true, None));
    assert_eq!(email.provider_id.as_deref(), Some("{\"uid\": 7}"));
    assert_eq!(
        email.parent_mail.as_deref(),
        Some(r#"{"subject":"Proofs"}"#)
    );
    let trashed: EmailRemoval = whole(&json!({"object": "EmailTrashed"}));
    assert_eq!(trashed, EmailRemoval::Trashed);
}

#[test]
fn a_mail_is_a_form_whose_structured_parts_are_json_texts() {
    let mail = SendEmail {
        email: new_email(),
        draft_id: Some("d".into()),
        idempotency_key: Some("k".into()),
    };
    let request = mail.write(Request::to(&rows::SEND_EMAIL));
    keeps_to_contract(&request);
    let expected = [
        ("account_id", "a"),
        (
            "to",
            r#"[{"display_name":"Jane \"J\" Doe","identifier":"jane@example.org"}]"#,
        ),
        ("cc", r#"[{"identifier":"bo@example.org"}]"#),
        ("bcc", r#"[{"identifier":"eve@example.org"}]"#),
        ("from", r#"{"identifier":"alias@example.com"}"#),
        ("subject", "Proofs"),
        ("body", "<p>Hello</p>"),
        ("reply_to", "--R9"),
        ("custom_headers", r#"[{"name":"X-One","value":"1"}]"#),
        ("tracking_options", r#"{"opens":true}"#),
        ("attachments", "<proofs.pdf>"),
        ("draft_id", "d"),
    ];
    assert_eq!(
        form(&request),
        expected.map(|(name, text)| (name, text.to_owned()))
    );
    assert_eq!(request.headers, [("idempotency-key", "k".to_owned())]);
    for operation in [&rows::CREATE_DRAFT, &rows::CREATE_DRAFT_SEED_FORM] {
        keeps_to_contract(&new_email().write(Request::to(operation)));
    }
}

#[test]
fn the_account_is_named_on_every_page_of_mails() {
    let account = AccountId::from("a");
    let mut params = ListEmails {
        any_email: vec!["x@example.org".into(), "y@example.org".into()],
        meta_only: Some(true),
        role: Some(FolderRole::Inbox),
        exclude_folders: vec!["Spam".into()],
        ..ListEmails::default()
    };
    let first = list(&account, &params);
    keeps_to_contract(&first);
    assert!(
        first
            .query
            .contains(&("any_email".into(), "x@example.org,y@example.org".into()))
    );
    params.paging.cursor = Some(Cursor::new("next"));
    let next = list(&account, &params);
    let names: Vec<&str> = next.query.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["cursor", "account_id"]);
}
