/** What a user of this project writes: the samples of docs/custom-providers.md. */
package com.example;
