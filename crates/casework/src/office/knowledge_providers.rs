//! Knowledge providers that a new register starts with, so that applications that name them are matched.
//! Names and identifiers: UKPRN register (tick in the domain brief, section 3.4) and ROR; a UKPRN that was not seen in a source
//! is left out.

pub(super) struct Provider {
    pub name: &'static str,
    pub ukprn: Option<&'static str>,
    pub ror: Option<&'static str>,
}

const fn provider(name: &'static str, ukprn: Option<&'static str>, ror: Option<&'static str>) -> Provider {
    Provider { name, ukprn, ror }
}

pub(super) const KNOWLEDGE_PROVIDERS: &[Provider] = &[
    provider("Aston University", Some("10007759"), Some("https://ror.org/05j0ve876")),
    provider("Birmingham City University", Some("10007140"), Some("https://ror.org/00t67pt25")),
    provider("Coventry University", Some("10001726"), Some("https://ror.org/01tgmhj36")),
    provider("Harper Adams University", Some("10040812"), Some("https://ror.org/00z20c921")),
    provider("Keele University", None, Some("https://ror.org/00340yn33")),
    provider("Newman University", Some("10007832"), None),
    provider("University College Birmingham", None, None),
    provider("University of Birmingham", Some("10006840"), Some("https://ror.org/03angcq70")),
    provider("University of Staffordshire", Some("10006299"), Some("https://ror.org/00d6k8y35")),
    provider("University of Warwick", Some("10007163"), Some("https://ror.org/01a77tt86")),
    provider("University of Wolverhampton", None, Some("https://ror.org/01k2y1055")),
    provider("University of Worcester", None, Some("https://ror.org/00v6s9648")),
];
