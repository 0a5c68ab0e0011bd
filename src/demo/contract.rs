//! What the contract says of answers and payloads, for the tests of the areas.

use std::sync::OnceLock;

use serde_json::{Value, json};

/// Checks a value against a schema of the contract and says everything that is wrong.
pub(super) fn fits(schema: &str, value: &Value) {
    static CONTRACT: OnceLock<Value> = OnceLock::new();
    let contract = CONTRACT.get_or_init(|| {
        let text = include_str!("../../assets/openapi.yaml");
        serde_yaml_ng::from_str(text).unwrap()
    });
    let root = json!({
        "$ref": format!("#/components/schemas/{schema}"),
        "components": contract["components"],
    });
    let validator = jsonschema::validator_for(&root).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(value)
        .map(|fault| format!("{} at {}", fault, fault.instance_path()))
        .collect();
    assert!(
        faults.is_empty(),
        "{schema}: {faults:#?}\n{}",
        serde_json::to_string_pretty(value).unwrap()
    );
}

#[test]
#[should_panic(expected = "AccountCreated")]
fn a_wrong_answer_is_found_out() {
    let answer = json!({"object": "AccountReconnected", "account_id": "x"});
    fits("AccountCreated", &answer);
}
