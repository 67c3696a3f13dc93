use super::*;

fn kept(judgement: Judgement) -> String {
    judgement.map_or_else(|error| format!("no: {error}"), |judged| judged.value)
}

#[test]
fn a_company_number_has_eight_characters_and_gets_its_zeros_back() {
    // Companies House; 360Giving on leading zeros; UK Export Finance's pattern. Domain brief 4.3.
    for (written, value, mended) in [
        ("04905896", "04905896", false),
        ("2686822", "02686822", true),
        ("2686822.0", "02686822", true),
        ("482", "00000482", true),
        (" sc 147434", "SC147434", true),
        ("oc 300358", "OC300358", true),
        ("SC12345", "SC012345", true),
        ("RC000651", "RC000651", false),
        ("IP12345R", "IP12345R", false),
        ("R0000123", "R0000123", false),
    ] {
        let judged = company_number(written).unwrap();
        assert_eq!(
            (judged.value.as_str(), judged.repair.is_some(), judged.doubt),
            (value, mended, None),
            "{written}"
        );
    }
    for written in "SC12345678|n/a|none||123456789|R1234|1.2E+07|0|ABC12345|SC-1|é1234567".split('|') {
        assert!(company_number(written).is_err(), "{written}");
    }
    assert!(company_number("ZZ123456").unwrap().doubt.is_some(), "an unknown prefix is doubted, not refused");
}

#[test]
fn a_postcode_is_written_with_one_space_and_a_district_is_not_one() {
    // GOV.UK pattern; domain brief 4.5.
    for (written, value) in [
        ("B152TT", "B15 2TT"),
        ("cv1 5fb", "CV1 5FB"),
        ("W1A 0AX", "W1A 0AX"),
        ("LL27  0JH", "LL27 0JH"),
        ("GIR 0AA", "GIR 0AA"),
        ("bfpo57", "BFPO 57"),
        ("FIQQ 1ZZ", "FIQQ 1ZZ"),
        ("B4 7ET.", "B4 7ET"),
    ] {
        assert_eq!(kept(postcode(written)), value);
    }
    for written in "B1|not known||CV4 7A|12345|B15 2TT?|D02 X285|AZ1 1AA".split('|') {
        assert!(postcode(written).is_err(), "{written}");
    }
    assert!(postcode("B4 7EO").unwrap().doubt.is_some(), "inward letters are never C I K M O V");
}

#[test]
fn other_identifiers_are_judged_by_shape_and_check_digits() {
    for (judgement, value) in [
        (eircode("d02x285"), "D02 X285"),
        (eircode("D6W XY00"), "D6W XY00"),
        (ukprn("10007759.0"), "10007759"),
        // ror.org: Aston University, University of Birmingham, University of Warwick.
        (ror("05j0ve876"), "https://ror.org/05j0ve876"),
        (ror("https://ror.org/03angcq70"), "https://ror.org/03angcq70"),
        (ror("ROR.org/01a77tt86"), "https://ror.org/01a77tt86"),
        (vat("GB 980 7806 84"), "980780684"),
        (charity("sc012345"), "SC012345"),
        (charity("1234567-1"), "1234567-1"),
        (charity("NIC100002"), "NIC100002"),
    ] {
        assert_eq!(kept(judgement), value);
    }
    assert!(matches!(ror("05j0ve877"), Err(Unusable::CheckDigits { .. })));
    assert_eq!(vat("980780684").unwrap().doubt, None);
    assert!(vat("980780685").unwrap().doubt.is_some(), "wrong check digits warn only");
    for refused in
        [eircode("B15 2TT"), ukprn("20007759"), ror("5j0ve876"), vat("12345"), charity("12"), ukprn("")]
    {
        assert!(refused.is_err());
    }
}

#[test]
fn an_email_address_may_hold_letters_of_any_script_but_no_lost_ones() {
    for written in
        "aoife.ósúilleabháin@example.com|darcy.nguyễn@example.com|a+b@x.co.uk|o'neill@example.org".split('|')
    {
        assert!(is_email(written), "{written}");
    }
    for written in "priya(at)example.com|none|josé.?ó??@example.com|a@b|a b@example.com|@example.com|a@@example.com|a@example..com|.a@example.com|a@-x.com|Priya <p@example.com>|a@example.com, b@example.com|a@1.2.3.4|".split('|') {
        assert!(!is_email(written), "{written}");
    }
}

#[test]
fn a_telephone_number_stays_as_written_and_gets_its_lost_zero_back() {
    for (written, value, mended) in [
        ("0121 496 0000", "0121 496 0000", false),
        ("+44 7700 900123", "+44 7700 900123", false),
        ("+44 (0)121 496 0000", "+44 (0)121 496 0000", false),
        ("07700900456", "07700900456", false),
        ("0121 496 0000 ext 12", "0121 496 0000 ext 12", false),
        ("7700900789", "07700900789", true),
        ("7700900789.0", "07700900789", true),
        ("447700900123", "+447700900123", true),
    ] {
        let judged = uk_phone(written).unwrap();
        assert_eq!((judged.value.as_str(), judged.repair.is_some()), (value, mended), "{written}");
    }
    for written in "none|7.70E+09|12345|ask reception|".split('|') {
        assert!(uk_phone(written).is_err(), "{written}");
    }
}

#[test]
fn a_business_is_known_by_its_name_however_it_is_written() {
    for (one, other) in [
        ("Quill Alloys LLP", "QUILL ALLOYS LLP"),
        ("Fathom Pumps Limited", "fathom pumps ltd."),
        ("Smith & Smith LLP t/a The Widget Works", "Smith and Smith"),
        ("O'Neill, Byrne & Co.", "ONeill Byrne and Co"),
        ("Müller & Søn (UK) Limited", "Muller Son UK Ltd"),
        ("The Widget Works C.I.C.", "Widget Works Community Interest Company"),
        ("J.P. Smith plc", "JP Smith Public Limited Company"),
        ("Ffŵl Cymru Cyf", "Ff?l Cymru Cyf"),
        ("Żółć Design Ltd", "?Ó?? DESIGN LIMITED"),
        ("株式会社テスト UK Ltd", "??????? UK Ltd"),
        ("Ffŵl Cymru Cyfyngedig", "Ff\u{fffd}l Cymru Cyf"),
    ] {
        assert!(
            same_key(&name_key(one), &name_key(other)),
            "{one} = {other}: {} {}",
            name_key(one),
            name_key(other)
        );
    }
    for (one, other) in [
        ("Ember Pumps Ltd", "Ember Textiles Limited"),
        ("Ff?l Cymru", "Ffwwl Cymru"),
        ("??? Ltd", "ABC Ltd"),
        ("Tern & Co", "Tern"),
        ("", ""),
    ] {
        assert!(!same_key(&name_key(one), &name_key(other)), "{one} ≠ {other}");
    }
}

#[test]
fn a_legal_form_alone_is_no_name() {
    for (name, only) in [
        ("Ltd", true),
        (" L.L.P. ", true),
        ("Limited Liability Partnership", true),
        ("Ltd Edition Prints Ltd", false),
        ("", false),
    ] {
        assert_eq!(is_only_a_legal_form(name), only, "{name}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_makes_a_judgement_panic_and_what_it_keeps_is_kept_again(text in "\\PC{0,24}") {
        for judge in [company_number, postcode, eircode, ukprn, ror, vat, charity, uk_phone] {
            if let Ok(judged) = judge(&text) {
                let again = judge(&judged.value).unwrap();
                proptest::prop_assert_eq!((&again.value, again.repair), (&judged.value, None));
            }
        }
        is_email(&text);
        let key = name_key(&text);
        proptest::prop_assert!(key.is_empty() || same_key(&key, &key));
    }
}
