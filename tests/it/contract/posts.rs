//! Posts, their comments and the reactions to both.

use onebox::api::operation::Area;
use onebox::api::posts::{
    AddPostReaction, CreatePost, ListPostComments, ListPostReactions, SendComment,
};
use onebox::api::users::ListUserPosts;
use onebox::api::{JsonText, Paging, Upload};
use onebox::model::account::Provider;
use onebox::model::id::{CommentId, Identifier, PostId};
use onebox::model::post::{CommentOrder, Post, Reaction};
use serde_json::json;

use super::{Scene, after, limit, refused, some};

#[tokio::test]
async fn posts_keep_to_the_contract() {
    let scene = Scene::open().await;
    every_post_is_read(&scene).await;
    a_post_is_written(&scene).await;
    a_comment_is_written_and_answered(&scene).await;
    reactions_are_given(&scene).await;
    what_is_not_there_is_refused(&scene).await;
    scene.end(Area::Posts).await;
}

/// Posts of the company and of the owner.
async fn known(scene: &Scene) -> Vec<Post> {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let params = ListUserPosts {
        is_company: Some(true),
        paging: Paging::default(),
    };
    let nuvem = Identifier::from("nuvem");
    let page = client.list_user_posts(&account, &nuvem, &params).await;
    let mut posts = some(page.unwrap());
    let own = client.list_posts_seed_form(&account, &limit(100)).await;
    posts.extend(some(own.unwrap()));
    posts
}

async fn every_post_is_read(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    for post in known(scene).await {
        let read = client.get_post(&account, post.address()).await.unwrap();
        assert_eq!((&read.id, &read.text), (&post.id, &post.text));
        let newest = ListPostComments {
            order: Some(CommentOrder::Newest),
            paging: limit(2),
            comment: None,
        };
        let page = client.list_post_comments(&account, post.address(), &newest);
        let page = page.await.unwrap();
        let next = ListPostComments {
            paging: after(page.cursor, 100),
            ..ListPostComments::default()
        };
        if next.paging.cursor.is_some() {
            let page = client.list_post_comments(&account, post.address(), &next);
            some(page.await.unwrap());
        }
        let talked_about = page.items.iter().find(|one| one.replies > Some(0));
        if let Some(comment) = talked_about {
            let replies = ListPostComments {
                comment: comment.id.clone(),
                order: Some(CommentOrder::MostRelevant),
                paging: Paging::default(),
            };
            let page = client.list_post_comments(&account, post.address(), &replies);
            some(page.await.unwrap());
        }
        let all = ListPostReactions::default();
        let page = client.list_post_reactions(&account, post.address(), &all);
        page.await.unwrap();
    }
}

async fn a_post_is_written(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let shared = known(scene).await.remove(0);
    let post = CreatePost {
        text: "Thanks, {{0}} and {{1}}! 🎉".into(),
        attachments: vec![
            Upload::from_bytes("a.png", *b"\x89PNG"),
            Upload::from_bytes("b.jpg", *b"\xff\xd8"),
        ],
        mentions: vec![
            JsonText::from(json!({"name": "Minh", "profile_id": "ACoAAminh"})),
            JsonText::from(json!({"name": "Nuvem", "profile_id": "710001", "is_company": true})),
        ],
        external_link: Some("https://nuvem.example/news".into()),
        as_organization: Some("710001".into()),
        repost: Some(shared.id),
        ..CreatePost::default()
    };
    let id = client.create_post(&account, &post).await.unwrap().unwrap();
    let read = client.get_post(&account, &id).await.unwrap();
    assert_eq!(read.text.as_deref(), Some("Thanks, Minh and Nuvem! 🎉"));
    assert_eq!(read.attachments.len(), 2);
    let plain = CreatePost {
        text: "Only words.".into(),
        ..CreatePost::default()
    };
    let id = client.create_post(&account, &plain).await.unwrap().unwrap();
    let own = client.list_posts_seed_form(&account, &limit(1)).await;
    assert_eq!(some(own.unwrap())[0].id, id);
}

async fn a_comment_is_written_and_answered(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let post = known(scene).await.remove(0);
    let comment = SendComment {
        text: "Well said, {{0}}.".into(),
        mentions: vec![json!({"name": "Minh", "profile_id": "ACoAAminh"}).into()],
        as_organization: Some("710001".into()),
        ..SendComment::default()
    };
    let id = client.send_comment(&account, post.address(), &comment);
    let id = id.await.unwrap().unwrap();
    // With a picture it travels as a form.
    let reply = SendComment {
        text: "Look at {{0}}:".into(),
        comment: Some(id.clone()),
        external_link: Some("https://nuvem.example".into()),
        attachments: vec![Upload::from_bytes("a.png", *b"\x89PNG")],
        mentions: comment.mentions.clone(),
        ..SendComment::default()
    };
    let sent = client.send_comment(&account, post.address(), &reply);
    sent.await.unwrap();
    let replies = ListPostComments {
        comment: Some(id),
        ..ListPostComments::default()
    };
    let page = client.list_post_comments(&account, post.address(), &replies);
    let replies = some(page.await.unwrap());
    assert_eq!(replies[0].text.as_deref(), Some("Look at Minh:"));
    assert!(replies[0].picture_url.is_some());
}

async fn reactions_are_given(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let post = known(scene).await.remove(0);
    for reaction in [
        Reaction::Like,
        Reaction::Celebrate,
        Reaction::Support,
        Reaction::Love,
        Reaction::Insightful,
        Reaction::Funny,
    ] {
        let params = AddPostReaction {
            reaction: Some(reaction.clone()),
            ..AddPostReaction::default()
        };
        let done = client.add_post_reaction(&account, post.address(), &params);
        done.await.unwrap();
        let read = client.get_post(&account, post.address()).await.unwrap();
        assert_eq!(read.own_reaction, Some(reaction));
        let all = ListPostReactions::default();
        let page = client.list_post_reactions(&account, post.address(), &all);
        some(page.await.unwrap());
    }
    let comments = ListPostComments::default();
    let page = client.list_post_comments(&account, post.address(), &comments);
    let comment = some(page.await.unwrap()).remove(0).id;
    let params = AddPostReaction {
        comment: comment.clone(),
        reaction: None,
        as_organization: Some("710001".into()),
    };
    let done = client.add_post_reaction(&account, post.address(), &params);
    done.await.unwrap();
    let of_comment = ListPostReactions {
        comment,
        paging: limit(5),
    };
    let page = client.list_post_reactions(&account, post.address(), &of_comment);
    some(page.await.unwrap());
}

async fn what_is_not_there_is_refused(scene: &Scene) {
    let client = &scene.client;
    let account = scene.account(Provider::Linkedin).await;
    let whatsapp = scene.account(Provider::Whatsapp).await;
    let nothing = PostId::from("urn:li:activity:0/?");
    refused(client.get_post(&account, &nothing).await, 404);
    let post = CreatePost {
        text: "Hello".into(),
        ..CreatePost::default()
    };
    refused(client.create_post(&whatsapp, &post).await, 501);
    let film_and_picture = CreatePost {
        attachments: vec![
            Upload::from_bytes("a.png", *b"\x89PNG"),
            Upload::from_bytes("b.mp4", *b"flicker"),
        ],
        ..post
    };
    refused(client.create_post(&account, &film_and_picture).await, 415);
    let comments = ListPostComments::default();
    let page = client.list_post_comments(&account, &nothing, &comments);
    refused(page.await, 404);
    let comment = SendComment {
        text: "Hello".into(),
        ..SendComment::default()
    };
    refused(client.send_comment(&account, &nothing, &comment).await, 404);
    let reactions = ListPostReactions::default();
    let page = client.list_post_reactions(&account, &nothing, &reactions);
    refused(page.await, 404);
    let like = AddPostReaction::default();
    refused(
        client.add_post_reaction(&account, &nothing, &like).await,
        404,
    );
    let known = known(scene).await.remove(0);
    let elsewhere = AddPostReaction {
        comment: Some(CommentId::from("0")),
        ..like
    };
    let done = client.add_post_reaction(&account, known.address(), &elsewhere);
    refused(done.await, 404);
}
