import "@fontsource-variable/inter/index.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";

const target = document.getElementById("desk");
if (!target) throw new Error("index.html has no #desk");
mount(App, { target });
