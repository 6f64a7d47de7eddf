package io.chromaauth.authn;

/**
 * A user of htpasswd.
 *
 * @param number the user's place among all of the file, from 0
 */
record Account(int number, String user, BcryptHash hash) {}
