import * as pulumi from "@pulumi/pulumi";

jest.mock("pulumi-cloudflare-zero-trust", () => ({ Provider: create, Organization: create }), {
  virtual: true,
});

const create = jest.fn();

it("fails with one message before it creates a resource, if an account has no token", async () => {
  pulumi.runtime.setAllConfig({
    "project:accounts": JSON.stringify({
      widget: { accountId: "0123456789abcdef0123456789abcdef" },
      gadget: { accountId: "fedcba9876543210fedcba9876543210" },
    }),
    "project:tokens": JSON.stringify({ widget: "not-a-real-token" }),
  });
  const error: unknown = await import("../../examples/many-accounts/index.js").catch(
    (reason: unknown) => reason,
  );
  expect(pulumi.RunError.isInstance(error)).toBe(true);
  expect((error as Error).message).toBe(
    "The configuration has no token for gadget. Run `pulumi config set --path tokens.gadget --secret`.",
  );
  expect(create).not.toHaveBeenCalled();
});
