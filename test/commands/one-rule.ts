/** A site with one rule: the least that a change of rules can be tried on. */
export const ONE_RULE = `version: 1
markets:
  gb: { name: United Kingdom, countries: [GB], currency: GBP, locales: [en-GB], timeZone: Europe/London }
sites:
  poco-gb: { brand: poco, market: gb, role: legacy, urls: ["https://po.co/uk/"] }
rulesets:
  poco-gb: { site: poco-gb, rules: [{ from: /uk/old, to: "https://www.mi.com/old" }] }
`;
