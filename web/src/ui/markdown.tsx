// SPDX-License-Identifier: Apache-2.0
// Markdown as React elements. `marked` only parses: no HTML is ever made of it, so HTML in the text is shown as text, pictures
// are their words, and a link that leads to anything but a page, a mail or a telephone is no link.
import { type MarkedToken, marked, type Token, type Tokens } from 'marked';
import { Fragment, type ReactNode } from 'react';
import './markdown.css';

const SAFE_PROTOCOLS = ['http:', 'https:', 'mailto:', 'tel:'];
/** The page has the one h1. */
const HEADINGS = ['h2', 'h2', 'h3', 'h4', 'h4', 'h4'] as const;
/** Nested deeper than any text is, which is what somebody writes to stop the browser. */
const MAX_DEPTH = 20;

export function Markdown({ text }: { text: string }) {
  return <div className="markdown">{allOf(tokensOf(text), 0)}</div>;
}

/** The parser calls itself for each level of a quotation or a list, and has no limit. */
function tokensOf(text: string): Token[] {
  try {
    return marked.lexer(text);
  } catch {
    return [{ type: 'text', raw: text, text }];
  }
}

function allOf(tokens: readonly Token[] = [], depth: number): ReactNode {
  if (depth > MAX_DEPTH) return tokens.map(({ raw }) => raw).join('');
  // Without extensions the parser makes no tokens but its own.
  // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text is drawn anew as a whole
  return tokens.map((token, place) => <Fragment key={place}>{elementOf(token as MarkedToken, depth + 1)}</Fragment>);
}

function elementOf(token: MarkedToken, depth: number): ReactNode {
  switch (token.type) {
    case 'space':
    case 'def':
      return null;
    case 'heading': {
      const Heading = HEADINGS[token.depth - 1] ?? 'h4';
      return <Heading>{allOf(token.tokens, depth)}</Heading>;
    }
    case 'paragraph':
      return <p>{allOf(token.tokens, depth)}</p>;
    case 'list':
      return <List {...{ token, depth }} />;
    case 'blockquote':
      return <blockquote>{allOf(token.tokens, depth)}</blockquote>;
    case 'table':
      return <Table {...{ token, depth }} />;
    case 'hr':
      return <hr />;
    case 'code':
      return <pre>{token.text}</pre>;
    case 'html':
      return token.block ? <p>{token.raw}</p> : token.raw;
    default:
      return inlineOf(token, depth);
  }
}

function inlineOf(token: MarkedToken, depth: number): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{allOf(token.tokens, depth)}</strong>;
    case 'em':
      return <em>{allOf(token.tokens, depth)}</em>;
    case 'del':
      return <del>{allOf(token.tokens, depth)}</del>;
    case 'codespan':
      return <code>{token.text}</code>;
    case 'br':
      return <br />;
    case 'link':
      return <SafeLink href={token.href}>{allOf(token.tokens, depth)}</SafeLink>;
    case 'image':
      return token.text;
    case 'text':
      return token.tokens ? allOf(token.tokens, depth) : token.text;
    case 'escape':
      return token.text;
    default:
      return token.raw;
  }
}

function List({ token: { ordered, start, items }, depth }: { token: Tokens.List; depth: number }) {
  const entries = items.map(({ tokens }, place) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text is drawn anew as a whole
    <li key={place}>{allOf(tokens, depth)}</li>
  ));
  return ordered ? <ol start={start === '' ? 1 : start}>{entries}</ol> : <ul>{entries}</ul>;
}

function Table({ token: { header, rows }, depth }: { token: Tokens.Table; depth: number }) {
  const cells = (row: readonly Tokens.TableCell[], Cell: 'th' | 'td') =>
    // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text is drawn anew as a whole
    row.map(({ tokens }, place) => <Cell key={place}>{allOf(tokens, depth)}</Cell>);
  return (
    <div className="markdown-table">
      <table>
        <thead>
          <tr>{cells(header, 'th')}</tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a parsed text is drawn anew as a whole
            <tr key={place}>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SafeLink({ href, children }: { href: string; children: ReactNode }) {
  return isSafe(href) ? (
    <a href={href} rel="noopener noreferrer">
      {children}
    </a>
  ) : (
    children
  );
}

/** As the browser will read it: it leaves out line breaks and tabs that hide a protocol. */
function isSafe(href: string): boolean {
  try {
    return SAFE_PROTOCOLS.includes(new URL(href, window.location.origin).protocol);
  } catch {
    return false;
  }
}
