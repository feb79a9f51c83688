namespace ODataEngine.Parsing.Lexing;

/// <summary>
/// Splits the decoded value of a query option into tokens (OData ABNF 4.01, 6, 7 and 9). It holds one token, <see cref="Current"/>.
/// It is a value type: a parser looks ahead by saving and restoring a copy.
/// </summary>
internal struct Lexer
{
    private readonly int end;

    public Lexer(string text, int start, int end)
    {
        Text = text;
        this.end = end;
        Current = default;
        MoveTo(start);
    }

    public string Text { get; }

    public Token Current { get; private set; }

    /// <summary>Gets the end of the value in <see cref="Text"/>.</summary>
    public readonly int End => end;

    public readonly ReadOnlySpan<char> CurrentText => GetText(Current);

    public readonly ReadOnlySpan<char> GetText(Token token) => Text.AsSpan(token.Start, token.Length);

    public readonly bool Is(TokenKind kind) => Current.Kind == kind;

    /// <summary>Gets whether the current token is a name, ignoring case.</summary>
    public readonly bool IsKeyword(string word) =>
        Current.Kind == TokenKind.Name && CurrentText.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Gets whether the current token is a <c>$</c> name (case-sensitive).</summary>
    public readonly bool IsDollarName(string word) =>
        Current.Kind == TokenKind.DollarName && CurrentText.SequenceEqual(word);

    /// <summary>Gets the character after the current token, or NUL.</summary>
    public readonly char NextCharacter => CharacterAt(Current.End);

    public void Advance() => MoveTo(Current.End);

    /// <summary>Continues at a position.</summary>
    public void MoveTo(int position)
    {
        while (position < end && Text[position] is ' ' or '\t')
        {
            position++;
        }

        Current = Scan(position);
    }

    private readonly char CharacterAt(int position) => position < end ? Text[position] : '\0';

    private readonly bool IsDigitAt(int position) => char.IsAsciiDigit(CharacterAt(position));

    private readonly Token Scan(int start)
    {
        if (start >= end)
        {
            return new Token(TokenKind.End, end, 0);
        }

        var c = Text[start];
        if (IsNameStart(c))
        {
            return char.IsAsciiHexDigit(c) && IsGuidAt(start) ? new Token(TokenKind.Guid, start, GuidLength) : ScanName(start);
        }

        if (char.IsAsciiDigit(c))
        {
            return ScanNumber(start);
        }

        return c switch
        {
            '\'' => ScanQuoted(TokenKind.String, start, start),
            '"' => ScanJsonString(start),
            '$' when IsNameStart(CharacterAt(start + 1)) => new Token(TokenKind.DollarName, start, FindNameEnd(start + 1) - start),
            '@' when IsNameStart(CharacterAt(start + 1)) => new Token(TokenKind.AtName, start, FindQualifiedNameEnd(start + 1) - start),
            '+' when IsDigitAt(start + 1) => ScanNumber(start),
            '(' => new Token(TokenKind.OpenParenthesis, start, 1),
            ')' => new Token(TokenKind.CloseParenthesis, start, 1),
            '[' => new Token(TokenKind.OpenBracket, start, 1),
            ']' => new Token(TokenKind.CloseBracket, start, 1),
            '{' => new Token(TokenKind.OpenBrace, start, 1),
            '}' => new Token(TokenKind.CloseBrace, start, 1),
            ',' => new Token(TokenKind.Comma, start, 1),
            ':' => new Token(TokenKind.Colon, start, 1),
            ';' => new Token(TokenKind.Semicolon, start, 1),
            '/' => new Token(TokenKind.Slash, start, 1),
            '=' => new Token(TokenKind.EqualSign, start, 1),
            '*' => new Token(TokenKind.Star, start, 1),
            '-' => new Token(TokenKind.Minus, start, 1),
            _ => new Token(TokenKind.Invalid, start, 1),
        };
    }

    private readonly Token ScanName(int start)
    {
        var stop = FindQualifiedNameEnd(start);
        return CharacterAt(stop) == '\''
            ? ScanQuoted(TokenKind.PrefixedString, start, stop)
            : new Token(TokenKind.Name, start, stop - start);
    }

    private readonly int FindNameEnd(int position)
    {
        while (position < end && IsNamePart(Text[position]))
        {
            position++;
        }

        return position;
    }

    private readonly int FindQualifiedNameEnd(int position)
    {
        position = FindNameEnd(position);
        while (CharacterAt(position) == '.' && IsNameStart(CharacterAt(position + 1)))
        {
            position = FindNameEnd(position + 1);
        }

        return position;
    }

    // A quote inside is doubled (ABNF: SQUOTE-in-string).
    private readonly Token ScanQuoted(TokenKind kind, int start, int quote)
    {
        for (var i = quote + 1; i < end; i++)
        {
            if (Text[i] == '\'')
            {
                if (CharacterAt(i + 1) != '\'')
                {
                    return new Token(kind, start, i + 1 - start);
                }

                i++;
            }
        }

        return new Token(TokenKind.Invalid, start, end - start);
    }

    private readonly Token ScanJsonString(int start)
    {
        for (var i = start + 1; i < end; i++)
        {
            if (Text[i] == '\\')
            {
                i++;
            }
            else if (Text[i] == '"')
            {
                return new Token(TokenKind.JsonString, start, i + 1 - start);
            }
        }

        return new Token(TokenKind.Invalid, start, end - start);
    }

    private readonly Token ScanNumber(int start)
    {
        if (IsGuidAt(start))
        {
            return new Token(TokenKind.Guid, start, GuidLength);
        }

        // The hyphens alone would also match 123,-4,-5.
        if (FindDigitsEnd(start) == start + 4 && CharacterAt(start + 4) == '-' && FindDigitsEnd(start + 5) == start + 7 && CharacterAt(start + 7) == '-' && IsDigitAt(start + 8))
        {
            return ScanDate(start);
        }

        if (CharacterAt(start + 2) == ':' && IsDigitAt(start + 1) && IsDigitAt(start + 3) && IsDigitAt(start + 4))
        {
            return new Token(TokenKind.Time, start, FindTimeEnd(start) - start);
        }

        var kind = TokenKind.Integer;
        var i = FindDigitsEnd(start + 1);
        if (CharacterAt(i) == '.' && IsDigitAt(i + 1))
        {
            kind = TokenKind.Decimal;
            i = FindDigitsEnd(i + 1);
        }

        if (CharacterAt(i) is 'e' or 'E' && (IsDigitAt(i + 1) || (CharacterAt(i + 1) is '+' or '-' && IsDigitAt(i + 2))))
        {
            kind = TokenKind.Double;
            i = FindDigitsEnd(i + 2);
        }

        // 5x is not a number followed by a name.
        return IsNamePart(CharacterAt(i)) ? new Token(TokenKind.Invalid, start, FindNameEnd(i) - start) : new Token(kind, start, i - start);
    }

    private readonly int FindDigitsEnd(int position)
    {
        while (IsDigitAt(position))
        {
            position++;
        }

        return position;
    }

    private readonly Token ScanDate(int start)
    {
        var i = Math.Min(start + 10, end);
        if (CharacterAt(i) is not ('T' or 't') || !IsDigitAt(i + 1))
        {
            return new Token(TokenKind.Date, start, i - start);
        }

        i = FindTimeEnd(i + 1);
        if (CharacterAt(i) is 'Z' or 'z')
        {
            i++;
        }
        else if (CharacterAt(i) is '+' or '-' or ' ' && CharacterAt(i + 3) == ':' && IsDigitAt(i + 1) && IsDigitAt(i + 2) && IsDigitAt(i + 4) && IsDigitAt(i + 5))
        {
            // A plus sign that the client did not encode was decoded to a space.
            i += 6;
        }

        return new Token(TokenKind.DateTime, start, i - start);
    }

    private readonly int FindTimeEnd(int start)
    {
        var i = start;
        while (IsDigitAt(i) || (CharacterAt(i) is ':' or '.' && IsDigitAt(i + 1)))
        {
            i++;
        }

        return i;
    }

    private const int GuidLength = 36;

    private readonly bool IsGuidAt(int start)
    {
        if (CharacterAt(start + 8) != '-' || CharacterAt(start + 13) != '-' || CharacterAt(start + 18) != '-' || CharacterAt(start + 23) != '-' || IsNamePart(CharacterAt(start + GuidLength)))
        {
            return false;
        }

        for (var i = start; i < start + GuidLength; i++)
        {
            if (!char.IsAsciiHexDigit(CharacterAt(i)) && CharacterAt(i) != '-')
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>ABNF: identifierLeadingCharacter, any letter or underscore.</summary>
    public static bool IsNameStart(char c) => char.IsAsciiLetter(c) || c == '_' || (c > 127 && char.IsLetter(c));

    public static bool IsNamePart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_' || (c > 127 && char.IsLetterOrDigit(c));
}
