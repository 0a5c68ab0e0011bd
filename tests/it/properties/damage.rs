//! Damaged answers: nothing panics, and a broken item costs that item.

use onebox::api::emails::ListEmails;
use onebox::api::messaging::ListMessages;
use onebox::api::operation::Operation;
use onebox::api::{Client, Page, Paging, Request, operations};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Value, json};

use super::{Line, hold};
use crate::support::{KEY, Stage, client};

/// Whatever JSON there is, the odd ones among it.
pub(super) fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        prop_oneof![
            Just(""),
            Just("\u{1b}[2J\u{202e}"),
            Just("2026-13-45T99:99:99Z"),
            Just("-1"),
            Just("NaN")
        ]
        .prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let names = prop_oneof![
            Just("id".to_owned()),
            Just("type".to_owned()),
            "[a-z_]{0,8}"
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((names, inner), 0..4)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

async fn messages(client: &Client) -> onebox::api::Result<Page<onebox::model::message::Message>> {
    client.list_messages(&ListMessages::default()).await
}

#[test]
fn no_bytes_at_all_upset_the_reader() {
    let line = Line::open();
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        any_json().prop_map(|value| value.to_string().into_bytes()),
        prop::collection::vec(any_json(), 0..4).prop_map(|items| {
            json!({"items": items, "cursor": null})
                .to_string()
                .into_bytes()
        }),
        "\\{\"items\": \\[\\{\"id\": \"\\\\ud[0-9a-f]{3}.{0,9}".prop_map(String::into_bytes),
    ];
    hold(250, &bytes, |bytes| {
        let _ = line.ask(bytes, messages);
        Ok(())
    });
}

/// A page as the embedded server writes it.
fn page_of(operation: &'static Operation, account: Option<&str>) -> Value {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let stage = Stage::open().await;
        let client = client(stage.demo.url(), KEY);
        let request = Request::to(operation)
            .query("limit", "12")
            .query("account_id", account);
        client.value(&request).await.unwrap()
    })
}

/// The first mail account.
fn mail_account() -> String {
    let folders = page_of(&operations::emails::LIST_FOLDERS, None);
    folders["items"][0]["account_id"]
        .as_str()
        .unwrap()
        .to_owned()
}

/// Every place in a value, as JSON pointers.
fn places(value: &Value, at: &str, into: &mut Vec<String>) {
    let inner: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, field)| (name.clone(), field))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(n, item)| (n.to_string(), item))
            .collect(),
        _ => Vec::new(),
    };
    for (name, field) in inner {
        let place = format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        places(field, &place, into);
        into.push(place);
    }
}

/// Takes away what is at a place, or puts something else there.
fn damage(page: &mut Value, place: &str, with: Option<Value>) {
    if let Some(with) = with {
        *page.pointer_mut(place).unwrap() = with;
        return;
    }
    let (around, name) = place.rsplit_once('/').unwrap();
    match page.pointer_mut(around).unwrap() {
        Value::Object(fields) => {
            fields.shift_remove(&name.replace("~1", "/").replace("~0", "~"));
        }
        Value::Array(items) => {
            items.remove(name.parse().unwrap());
        }
        _ => unreachable!(),
    }
}

/// Damages a page in one place again and again: all items but the one that was hit must come through as they were.
fn costs_one_item_at_most<T: PartialEq + std::fmt::Debug>(
    page: &Value,
    call: &impl AsyncFn(&Client) -> onebox::api::Result<Page<T>>,
) {
    let line = Line::open();
    let whole = line.ask(page.to_string().into_bytes(), call).unwrap().items;
    assert!(whole.len() > 5);
    let mut all = Vec::new();
    places(&page["items"], "/items", &mut all);
    let change = (any::<Index>(), prop::option::weighted(0.8, any_json()));
    hold(300, &change, |(place, with)| {
        let place = place.get(&all);
        let mut damaged = page.clone();
        damage(&mut damaged, place, with);
        let read = line.ask(damaged.to_string().into_bytes(), call);
        let read = read.map_err(|error| TestCaseError::fail(format!("{place}: {error}")))?;
        let hit: usize = place.split('/').nth(2).unwrap().parse().unwrap();
        let kept = |one: &&T| read.items.contains(one);
        let others = whole.iter().enumerate().filter(|(n, _)| *n != hit);
        for (n, one) in others {
            prop_assert!(kept(&one), "{place} cost item {n}");
        }
        let gone_silently = read.items.len() < damaged["items"].as_array().unwrap().len();
        prop_assert!(
            !gone_silently || !read.flaws.is_empty(),
            "{place} is gone without a word"
        );
        Ok(())
    });
}

#[test]
fn a_damaged_message_costs_itself_at_most() {
    let page = page_of(&operations::messaging::LIST_MESSAGES, None);
    costs_one_item_at_most(&page, &messages);
}

#[test]
fn a_damaged_mail_costs_itself_at_most() {
    let account = mail_account();
    let page = page_of(&operations::emails::LIST_EMAILS, Some(&account));
    let (account, params) = (account.into(), ListEmails::default());
    costs_one_item_at_most(&page, &async |client: &Client| {
        client.list_emails(&account, &params).await
    });
}

#[test]
fn a_damaged_account_costs_itself_at_most() {
    let page = page_of(&operations::accounts::LIST_ACCOUNTS, None);
    costs_one_item_at_most(&page, &async |client: &Client| {
        client.list_accounts(&Paging::default()).await
    });
}
