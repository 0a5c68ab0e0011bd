//! What a person may type to mean a conversation.

use crate::support::profile::{Profile, chat, message};
use crate::support::{err, out};

#[test]
fn a_name_that_fits_several_lists_them_and_ends_as_wrong_usage() {
    let profile = Profile::empty();
    profile.put(
        vec![
            chat("c1", "Léa Martin"),
            chat("c2", "Léa Dubois"),
            chat("c3", "Bob"),
        ],
        vec![],
    );
    let output = profile.onebox(&["read", "lea"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
    for word in [
        "2 conversations",
        "Léa Martin",
        "Léa Dubois",
        "WhatsApp",
        "c1",
        "c2",
    ] {
        assert!(err(&output).contains(word), "{word} in {}", err(&output));
    }
    assert!(!err(&output).contains("Bob"));
    assert!(profile.out(&["read", "LEA d"]).contains("Léa Dubois"));
    assert!(profile.out(&["read", "c2"]).contains("Léa Dubois"));
    assert!(
        profile
            .out(&["read", "bob", "--account", "whatsapp"])
            .contains("Bob")
    );
}

#[test]
fn a_name_that_fits_nothing_gets_the_nearest_ones() {
    let profile = Profile::empty();
    profile.put(vec![chat("c1", "Léa Martin")], vec![]);
    let output = profile.onebox(&["read", "Lea Matrin"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        err(&output).contains("Did you mean `Léa Martin`"),
        "{}",
        err(&output)
    );
    let output = profile
        .onebox(&["chats", "--account", "slack"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(err(&output).contains("WhatsApp"), "{}", err(&output));
}

#[test]
fn ids_may_look_like_options_and_assignments() {
    let profile = Profile::empty();
    let ids = ["-dash", "--json-like", "a=b", "-=", "x y/z?"];
    let chats = ids
        .iter()
        .map(|id| chat(id, &format!("chat {id}")))
        .collect();
    let messages = ids
        .iter()
        .map(|id| message(&format!("{id}m"), id, 1, "hello"))
        .collect();
    profile.put(chats, messages);
    for id in ids {
        for command in ["read", "messages", "show", "export"] {
            let text = profile.out(&[command, id]);
            assert!(text.contains("hello"), "{command} {id}: {text}");
        }
        let rows = profile.records(&["messages", id, "--json"]);
        assert_eq!(rows[0]["chat_id"], id);
        let shown = profile.records(&["show", &format!("{id}m"), "--json"]);
        assert_eq!(shown[0]["text"], "hello");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_found_by_name_address_number_and_id() {
    let profile = Profile::of_demo().await;
    let people = profile.records(&["export"]);
    let people = people.iter().filter(|it| it["kind"] == "person");
    let handles: Vec<_> = people
        .flat_map(|it| it["handles"].as_array().unwrap().clone())
        .filter(|it| it["is_self"] == false)
        .collect();
    let ending = |end: &str| {
        let it = handles
            .iter()
            .find(|it| it["provider_id"].as_str().unwrap().ends_with(end));
        it.unwrap()["provider_id"].as_str().unwrap().to_owned()
    };
    let phone = ending("@s.whatsapp.net");
    let number = format!("+{}", phone.split('@').next().unwrap());
    let address = ending(".example").to_uppercase();
    for word in [&phone, &number, &address] {
        let rows = profile.records(&["show", word, "--json"]);
        assert_eq!(rows[0]["kind"], "person", "{word}");
    }
}

#[test]
fn an_empty_profile_says_in_two_lines_what_to_do() {
    let profile = Profile::empty();
    for command in [
        vec!["chats"],
        vec!["accounts", "--json"],
        vec!["read", "x"],
        vec!["export"],
    ] {
        let output = profile.onebox(&command).output().unwrap();
        assert_eq!(output.status.code(), Some(4), "{command:?}");
        assert!(out(&output).is_empty());
        let said = err(&output);
        assert!(
            said.contains("onebox login") && said.contains("onebox demo"),
            "{said}"
        );
        assert_eq!(said.lines().count(), 2);
        let output = profile
            .onebox(&command)
            .env("ONEBOX_URL", "127.0.0.1:1")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(err(&output).contains("onebox sync"));
        assert!(
            !profile.data().exists(),
            "who only looks leaves nothing behind"
        );
    }
}
