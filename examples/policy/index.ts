import { PolicyPack } from "@pulumi/policy";
import { rules } from "./rules";

new PolicyPack("zero-trust", { enforcementLevel: "mandatory", policies: rules });
