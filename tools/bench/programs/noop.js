// Resources of a provider whose methods do nothing: the cost of Pulumi's dynamic resources alone.
const pulumi = require("@pulumi/pulumi");
const organizations = require("./organizations.js");

const provider = {
  async check(_olds, news) {
    return { inputs: news };
  },
  async diff() {
    return {};
  },
  async create(inputs) {
    return { id: inputs.accountId, outs: inputs };
  },
  async read(id, props) {
    return { id, props };
  },
  async update(_id, _olds, news) {
    return { outs: news };
  },
  async delete() {
    // There is nothing to delete.
  },
};

class Noop extends pulumi.dynamic.Resource {
  constructor(name, args) {
    super(provider, name, args);
  }
}

for (const args of organizations) new Noop(`organization-${args.accountId}`, args);
