import * as pulumi from "@pulumi/pulumi";
import { Organization, type OrganizationSettings } from "../../provider/resources/organization.js";
import { ACCOUNT } from "../ids.js";

/** The inputs that the last resource of this package sent to the engine. */
let registered: Record<string, unknown> = {};

/** Answers the registrations of resources as an engine does: the outputs of a resource are its inputs. */
export async function mockEngine(): Promise<void> {
  await pulumi.runtime.setMocks({
    newResource: ({ inputs, id, type }) => {
      if (type.startsWith("pulumi-nodejs:")) registered = inputs as Record<string, unknown>;
      return { id: id ?? "id", state: inputs as object };
    },
    call: () => ({}),
  });
}

/** Returns the inputs that the last resource sent to the engine. Undefined values are never sent. */
export async function inputsOf({ urn }: pulumi.Resource): Promise<Record<string, unknown>> {
  await new Promise((known) => urn.apply(known));
  return registered;
}

/** Returns the inputs that an organization sends to the engine. */
export function sentInputs(
  args: OrganizationSettings = {},
  options: pulumi.CustomResourceOptions = {},
): Promise<Record<string, unknown>> {
  return inputsOf(new Organization("widget", { accountId: ACCOUNT, ...args }, options));
}
