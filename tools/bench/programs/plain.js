/* global process */
// The plain way: closures that call axios directly, written in an afternoon.
const pulumi = require("@pulumi/pulumi");
const axios = require("axios");
const organizations = require("./organizations.js");

const urlOf = (accountId) =>
  `${process.env.CLOUDFLARE_BASE_URL}/accounts/${accountId}/access/organizations`;

const headers = () => ({ Authorization: `Bearer ${process.env.CLOUDFLARE_API_TOKEN}` });

const toBody = (args) => ({
  name: args.name,
  session_duration: args.sessionDuration,
  login_design: {
    background_color: args.loginDesign.backgroundColor,
    header_text: args.loginDesign.headerText,
  },
});

const provider = {
  async create(inputs) {
    const url = urlOf(inputs.accountId);
    const live = (await axios.get(url, { headers: headers() })).data.result;
    const body = { auth_domain: live.auth_domain, ...toBody(inputs) };
    await axios.put(url, body, { headers: headers() });
    return { id: inputs.accountId, outs: { ...inputs, authDomain: live.auth_domain } };
  },

  async read(id, props) {
    const live = (await axios.get(urlOf(id), { headers: headers() })).data.result;
    const design = live.login_design ?? {};
    return {
      id,
      props: {
        ...props,
        name: live.name,
        sessionDuration: live.session_duration,
        loginDesign: {
          backgroundColor: design.background_color,
          headerText: design.header_text,
        },
      },
    };
  },

  async update(id, olds, news) {
    const body = { auth_domain: olds.authDomain, ...toBody(news) };
    await axios.put(urlOf(id), body, { headers: headers() });
    return { outs: { ...news, authDomain: olds.authDomain } };
  },
};

class PlainOrganization extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(provider, name, args);
  }
}

for (const args of organizations) new PlainOrganization(`organization-${args.accountId}`, args);
