//! The embedded server against requests that make no sense: it answers each as the contract says and never breaks.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::time::Duration;

use axum::http::HeaderMap;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use onebox::api::operation::{Area, Body, Kind, Operation, Place};
use onebox::api::{Client, Paging, Request, operations};
use onebox::model::account::{Account, Provider};
use proptest::prelude::*;
use proptest::sample::Index;
use reqwest::multipart::{Form, Part};
use serde_json::{Map, Value, json};
use tokio::runtime::Runtime;

use super::damage::any_json;
use super::hold;
use crate::contract::schema::answer_faults;
use crate::contract::tap::Exchange;
use crate::support::{KEY, Stage, client};

/// How many requests are sent.
const CASES: u32 = 2500;

/// Texts that are no ids of anything.
const ODD: &[&str] = &[
    "",
    "0",
    "-1",
    "..",
    "é/ü?#",
    "a,b,,c",
    "me",
    "primary",
    "null",
    "true",
    "1",
    "18446744073709551616",
    "2026-03-02T08:15:30.120Z",
    "2026-13-45T99:99:99.999Z",
    "9999-12-31T23:59:59.999Z",
    "urn:li:activity:0",
    "nuvem",
    "\u{1f}\u{202e}",
    "AAAAAAAAAAAAAAAAAAAAAA",
    "LINKEDIN",
    "like",
    "RRULE:FREQ=DAILY;INTERVAL=0",
    "{\"identifier\": \"x\"}",
    "[{\"identifier\": \"x@y.example\"}]",
    "[[[[",
    "123456",
    "https://linkedin.com",
];

/// Lists whose cursors are forged.
const LISTS: &[&str] = &[
    "chats",
    "messages",
    "chat_messages",
    "emails",
    "accounts",
    "webhooks",
    "attendees",
    "chat_attendees",
    "relations",
    "user_posts",
    "post_comments",
    "post_reactions",
    "jobs",
    "applicants",
    "calendars",
    "events",
    "user_reactions",
];

/// Ids as the server itself gives them, under the last word of the path of their list.
type Ids = BTreeMap<String, Vec<String>>;

async fn real_ids(client: &Client, accounts: &[Account]) -> Ids {
    let mut ids = Ids::new();
    let lists = operations::all().filter(|one| one.is_paged() && !one.path.contains('{'));
    for operation in lists.chain([&operations::emails::LIST_FOLDERS]) {
        let pool = ids.entry(last_word(operation.path)).or_default();
        for account in accounts {
            let mut request = Request::to(operation);
            if operation.param("account_id").is_some() {
                request = request.query("account_id", &account.id);
            }
            let page = client.value(&request).await.unwrap_or_default();
            let items = page.get("items").or(page.get("data"));
            for item in items
                .and_then(Value::as_array)
                .into_iter()
                .flatten()
                .take(9)
            {
                let names = ["social_id", "id", "member_id", "invitation_id"];
                let id = names.iter().find_map(|name| item[*name].as_str());
                pool.extend(id.map(str::to_owned));
            }
        }
    }
    for (name, like) in [
        ("users", "relations"),
        ("user", "relations"),
        ("posts", "posts"),
    ] {
        let pool = ids.get(like).cloned().unwrap_or_default();
        ids.insert(name.to_owned(), pool);
    }
    ids
}

fn last_word(path: &str) -> String {
    path.rsplit('/').next().unwrap().to_owned()
}

/// The account that an operation is most likely meant for.
fn home(area: Area) -> Provider {
    match area {
        Area::Users | Area::Posts | Area::Linkedin => Provider::Linkedin,
        Area::Emails | Area::Calendars => Provider::Google,
        Area::Accounts | Area::Messaging | Area::Webhooks => Provider::Whatsapp,
    }
}

/// Where the parts of a request come from.
#[derive(Debug, Clone)]
struct Dice {
    operation: Index,
    texts: Vec<(u8, Index)>,
    values: Vec<Value>,
    wait: u32,
}

fn dice() -> impl Strategy<Value = Dice> {
    let texts = prop::collection::vec((any::<u8>(), any::<Index>()), 40);
    let values = prop::collection::vec(any_json(), 6);
    let wait = prop_oneof![8 => Just(0), 1 => 1..30_u32, 1 => 60..100_000_u32];
    (any::<Index>(), texts, values, wait).prop_map(|(operation, texts, values, wait)| Dice {
        operation,
        texts,
        values,
        wait,
    })
}

/// A cursor that no server has made.
fn forged(index: &Index) -> String {
    let moment = *index.get(&[i64::MAX, i64::MIN, 0]);
    let number = *index.get(&[u64::MAX, 0, 7]);
    let mark = json!({
        "list": index.get(LISTS),
        "filters": [],
        "began": moment,
        "last": [moment, number],
        "limit": number,
    });
    BASE64_STANDARD.encode(mark.to_string())
}

struct Words<'d> {
    dice: std::slice::Iter<'d, (u8, Index)>,
    home: String,
    pools: &'d Pools,
}

struct Pools {
    accounts: Vec<Account>,
    ids: Ids,
    all: Vec<String>,
}

impl Words<'_> {
    /// A word for a parameter; `None` leaves it out.
    fn word(&mut self, name: &str, required: bool) -> Option<String> {
        let (kind, index) = self.dice.next()?;
        match (name, kind % 8) {
            (_, 0) => None,
            ("account_id", 2..=7) => Some(self.home.clone()),
            ("account_id", 1) => Some(index.get(&self.pools.accounts).id.to_string()),
            (_, 1..=4) if !required => None,
            ("cursor", 5 | 6) => Some(forged(index)),
            ("limit" | "offset", _) => Some(index.index(300).to_string()),
            (_, 3..=5) => Some(index.get(&self.pools.all).clone()),
            _ => Some((*index.get(ODD)).to_owned()),
        }
    }

    /// What stands for a placeholder after a word of the path; mostly something that is there.
    fn part(&mut self, after: &str) -> String {
        let known = self.pools.ids.get(after).filter(|ids| !ids.is_empty());
        let word = match (self.dice.next(), known) {
            (Some((kind, index)), Some(ids)) if kind % 8 > 1 => index.get(ids).clone(),
            (Some((kind, index)), _) if kind % 2 > 0 => index.get(&self.pools.all).clone(),
            (Some((_, index)), _) => (*index.get(ODD)).to_owned(),
            (None, _) => String::new(),
        };
        // These two would be another path.
        match word.as_str() {
            "" | ".." => "nothing".to_owned(),
            _ => word,
        }
    }
}

/// The address of a request.
fn address(stage: &Stage, operation: &Operation, words: &mut Words<'_>) -> reqwest::Url {
    let mut url = reqwest::Url::parse(stage.demo.url()).unwrap();
    let mut path = url.path_segments_mut().unwrap();
    path.clear();
    let mut before = "";
    for segment in operation.path.trim_start_matches('/').split('/') {
        if segment.starts_with('{') {
            path.push(&words.part(before));
        } else {
            path.push(segment);
        }
        before = segment;
    }
    drop(path);
    url
}

/// Sends one senseless request and gives back what passed.
async fn ask(
    stage: &Stage,
    http: &reqwest::Client,
    operation: &Operation,
    dice: &Dice,
    pools: &Pools,
) -> Exchange {
    let home = home(operation.area);
    let home = pools.accounts.iter().find(|one| one.provider == home);
    let mut words = Words {
        dice: dice.texts.iter(),
        home: home.unwrap().id.to_string(),
        pools,
    };
    let mut url = address(stage, operation, &mut words);
    let (mut fields, mut form) = (Map::new(), Form::new());
    for param in operation.params {
        let word = words.word(param.name, param.required);
        let Some(word) = word else { continue };
        if param.place == Place::Query {
            url.query_pairs_mut().append_pair(param.name, &word);
        }
        if param.place == Place::Body {
            form = if param.kind == Kind::File {
                let file = Part::bytes(word.clone().into_bytes()).file_name("a.png");
                form.part(param.name, file)
            } else {
                form.text(param.name, word.clone())
            };
            let odd = dice.values.get(word.len()).cloned();
            let value = odd.unwrap_or_else(|| serde_json::from_str(&word).unwrap_or(word.into()));
            fields.insert(param.name.to_owned(), value);
        }
    }
    let method = operation.method.as_str();
    let call = http
        .request(method.parse().unwrap(), url.clone())
        .header("x-api-key", KEY);
    let call = match operation.body {
        Body::None => call,
        Body::Form => call.multipart(form),
        Body::Json | Body::JsonOrForm => call.json(&fields),
    };
    let answer = call.send().await;
    let answer = answer.unwrap_or_else(|error| panic!("{method} {url} {fields:?}: {error}"));
    Exchange {
        method: method.to_owned(),
        path: url.path().to_owned(),
        query: url.query().unwrap_or_default().to_owned(),
        headers: HeaderMap::new(),
        body: serde_json::to_vec(&fields).unwrap().into(),
        status: answer.status().as_u16(),
        answer_headers: answer.headers().clone(),
        answer: answer.bytes().await.unwrap(),
    }
}

#[test]
fn every_senseless_request_is_answered_as_the_contract_says() {
    let runtime = Runtime::new().unwrap();
    let stage = runtime.block_on(Stage::open());
    let client = client(stage.demo.url(), KEY);
    let http = reqwest::Client::builder().no_proxy().build().unwrap();
    let accounts = runtime.block_on(client.list_accounts(&Paging::default()));
    let accounts = accounts.unwrap().items;
    let ids = runtime.block_on(real_ids(&client, &accounts));
    let all = ids.values().flatten().cloned().collect();
    let pools = Pools { accounts, ids, all };
    // Unlinking accounts would leave nothing to ask for.
    let asked: Vec<&Operation> = operations::all()
        .filter(|one| one.id != "deleteAccount")
        .collect();
    let done = Cell::new(0_u32);
    hold(CASES, &dice(), |dice| {
        let operation = dice.operation.get(&asked);
        let exchange = runtime.block_on(ask(&stage, &http, operation, &dice, &pools));
        stage.pass(Duration::from_secs(dice.wait.into()));
        let broken = exchange.status >= 500 && exchange.status != 501;
        prop_assert!(!broken, "{}: {exchange:?}", operation.id);
        let faults = answer_faults(&exchange);
        prop_assert_eq!(
            faults,
            Vec::<String>::new(),
            "{} {:?}",
            operation.id,
            exchange
        );
        done.set(done.get() + u32::from(exchange.status < 300));
        Ok(())
    });
    assert!(done.get() > CASES / 8, "only {} made sense", done.get());
}
