//! Posts, comments and reactions against the contract.

use serde_json::json;

use super::*;
use crate::api::contract::{Server, every_field_counts, items, one, read};
use crate::api::operation::Area;
use crate::api::words::Spelled as _;
use crate::model::account::Provider;
use crate::model::attachment::{Attachment, AttachmentKind};
use crate::model::network::Distance;

#[test]
fn the_examples_of_the_contract_are_read_without_a_flaw() {
    let post: Post = one(&rows::GET_POST);
    assert_eq!(post.provider, Some(Provider::Linkedin));
    assert_eq!(
        post.address().as_str(),
        "urn:li:activity:7332661864792854528"
    );
    assert_eq!(post.posted_at, "2026-02-16T10:00:00Z".parse().ok());
    assert_eq!(post.posted_text.as_deref(), Some("2w"));
    let comments: Vec<Comment> = items(&rows::LIST_POST_COMMENTS);
    let author = &comments[0].author;
    assert_eq!(author.name.as_deref(), Some("Bo Neighbour"));
    assert_eq!(author.distance, Some(Distance::Second));
    let reactions: Vec<PostReaction> = items(&rows::LIST_POST_REACTIONS);
    assert_eq!(reactions[0].reaction, Reaction::Like);
}

#[test]
fn every_field_of_the_contract_reaches_the_model() {
    every_field_counts::<Post>("Post", &[]);
    every_field_counts::<Comment>("Comment", &[]);
    every_field_counts::<PostReaction>("PostReaction", &[]);
    for kind in [
        "Image",
        "Video",
        "Audio",
        "File",
        "LinkedinPost",
        "VideoMeeting",
    ] {
        every_field_counts::<Attachment>(&format!("Attachment{kind}"), &[]);
    }
}

#[test]
fn an_author_is_a_name_or_an_object() {
    let comment = json!({ "id": "1", "author": { "username": "bo", "pk": 17 }, "text": "Hi" });
    let comment: Comment = read(&comment).unwrap();
    assert_eq!(comment.author.name.as_deref(), Some("bo"));
    assert_eq!(comment.author.id, Some("17".into()));
    assert!(comment.author.raw.unwrap().contains("username"));
}

#[test]
fn a_post_of_another_network_is_kept_whole_beside_what_is_understood() {
    let post = json!({ "provider": "INSTAGRAM", "id": "9", "caption": "Sunset" });
    let post: Post = read(&post).unwrap();
    assert!(post.raw.unwrap().contains("Sunset"));
}

#[test]
fn an_unknown_attachment_keeps_its_name() {
    let card = json!({ "type": "contact_card", "id": "1", "unavailable": false });
    let card: Attachment = read(&card).unwrap();
    assert!(matches!(card.kind, AttachmentKind::Other { kind, .. } if kind == "contact_card"));
}

#[test]
fn a_reaction_that_was_read_can_be_sent() {
    for (read, sent) in [
        ("LIKE", "like"),
        ("PRAISE", "celebrate"),
        ("APPRECIATION", "support"),
        ("EMPATHY", "love"),
        ("INTEREST", "insightful"),
        ("ENTERTAINMENT", "funny"),
        ("MAYBE", "MAYBE"),
    ] {
        assert_eq!(Reaction::from_word(read).to_word(), sent);
        assert_eq!(Reaction::from_word(sent), Reaction::from_word(read));
    }
}

#[tokio::test]
async fn every_call_is_what_the_contract_says() {
    let server = Server::start().await;
    let client = &server.client;
    let (account, post) = (&AccountId::from("a"), &PostId::from("urn:li:activity:7"));
    client.get_post(account, post).await.unwrap();
    let mention: JsonText = r#"{"name": "Jane", "profile_id": "ACo1"}"#.parse().unwrap();
    let new = CreatePost {
        text: "A new typeface is out.".into(),
        attachments: vec![Upload::from_bytes("a.png", *b"png"); 2],
        mentions: vec![mention.clone(); 2],
        external_link: Some("https://example.org".into()),
        as_organization: Some("1000001".into()),
        repost: Some("1".into()),
        in_reply_to: Some("2".into()),
        reply_policy: Some(ReplyPolicy::Mentioned),
    };
    let id = client.create_post(account, &new).await.unwrap();
    assert_eq!(id, Some("7332661864792854528".into()));
    let params = ListPostComments {
        comment: Some("3".into()),
        order: Some(CommentOrder::Newest),
        ..Default::default()
    };
    client
        .list_post_comments(account, post, &params)
        .await
        .unwrap();
    let mut comment = SendComment {
        text: "Congratulations!".into(),
        comment: Some("3".into()),
        mentions: vec![mention],
        external_link: Some("https://example.org".into()),
        as_organization: Some("1000001".into()),
        attachments: vec![],
    };
    client.send_comment(account, post, &comment).await.unwrap();
    comment.attachments = vec![Upload::from_bytes("a.png", *b"png")];
    client.send_comment(account, post, &comment).await.unwrap();
    let params = ListPostReactions::default();
    client
        .list_post_reactions(account, post, &params)
        .await
        .unwrap();
    let params = AddPostReaction {
        comment: Some("3".into()),
        reaction: Some(Reaction::Celebrate),
        as_organization: Some("1000001".into()),
    };
    client
        .add_post_reaction(account, post, &params)
        .await
        .unwrap();
    server.assert_called_all_of(Area::Posts);
}
