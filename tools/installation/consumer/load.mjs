import * as zerotrust from "pulumi-cloudflare-zero-trust";
import { startEmulator } from "pulumi-cloudflare-zero-trust/emulator";
import * as provider from "pulumi-cloudflare-zero-trust/provider";
import { use } from "./use.js";

await use({ zerotrust, startEmulator, provider });
