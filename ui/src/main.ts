import "@fontsource-variable/inter/index.css";
import "./styles/tokens.css";
import "./styles/base.css";
import { mount } from "svelte";
import App from "./App.svelte";
// Sets how the window looks, which the first words are to be shown in already.
import "./state/appearance.svelte";

const target = document.getElementById("desk");
if (!target) throw new Error("index.html has no #desk");
mount(App, { target });
