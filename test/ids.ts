/** Ids and names that the tests share; none of them is anyone's. */
export const ACCOUNT = "023e105f4ecef8ad9ca31a8372d0c353";
export const OTHER_ACCOUNT = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
export const ZONE = "699d98642c564d2e855e9661899b7252";

export const TEAM_DOMAIN = "team.cloudflareaccess.com";
export const OTHER_DOMAIN = "other.cloudflareaccess.com";

export const LIST_ID = "2fc0579f-8113-47ea-b116-bb5a8db9202a";
export const SERVICE_TOKEN = "f174e90a-fafe-4643-bbbc-4a0ed4fc8415";
export const OTHER_SERVICE_TOKEN = "0c6f2a3e-9d1b-4c58-8e77-52b1f0a9d364";
export const CLIENT_ID = "88bf3b6d86161464f6509f7219099e57.access.example.com";
