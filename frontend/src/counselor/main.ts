import '../styles/base.css';
import './desk.css';
import { mount } from 'svelte';
import { worded } from '../lib/language.svelte';
import App from './App.svelte';

const target = document.getElementById('app');
if (target) worded().then(() => mount(App, { target }));
