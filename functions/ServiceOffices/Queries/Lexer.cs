namespace ServiceOffices.Queries;

/// <summary>
/// Cuts an option's decoded text into tokens (OData ABNF 4.01, 6, 7 and 9). It holds one token, <see cref="Current"/>,
/// and copies as a value: keeping a copy and putting it back is how a parser looks ahead.
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

    /// <summary>Where the text that belongs to this lexer ends.</summary>
    public readonly int End => end;

    public readonly ReadOnlySpan<char> CurrentText => TextOf(Current);

    public readonly ReadOnlySpan<char> TextOf(Token token) => Text.AsSpan(token.Start, token.Length);

    public readonly bool Is(TokenKind kind) => Current.Kind == kind;

    /// <summary>Whether the current token is this name, in any case.</summary>
    public readonly bool IsWord(string word) =>
        Current.Kind == TokenKind.Name && CurrentText.Equals(word, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the current token is this <c>$</c> name, in exactly this case.</summary>
    public readonly bool IsDollar(string word) =>
        Current.Kind == TokenKind.Dollar && CurrentText.SequenceEqual(word);

    /// <summary>The character right behind the current token, or NUL.</summary>
    public readonly char After => At(Current.End);

    public void Advance() => MoveTo(Current.End);

    /// <summary>Goes on at a position, wherever the current token was.</summary>
    public void MoveTo(int position)
    {
        while (position < end && Text[position] is ' ' or '\t')
        {
            position++;
        }

        Current = Scan(position);
    }

    private readonly char At(int position) => position < end ? Text[position] : '\0';

    private readonly bool Digit(int position) => char.IsAsciiDigit(At(position));

    private readonly Token Scan(int start)
    {
        if (start >= end)
        {
            return new Token(TokenKind.End, end, 0);
        }

        var c = Text[start];
        if (IsNameStart(c))
        {
            return char.IsAsciiHexDigit(c) && IsGuid(start) ? new Token(TokenKind.Guid, start, GuidLength) : ScanName(start);
        }

        if (char.IsAsciiDigit(c))
        {
            return ScanNumber(start);
        }

        return c switch
        {
            '\'' => ScanQuoted(TokenKind.String, start, start),
            '"' => ScanJsonString(start),
            '$' when IsNameStart(At(start + 1)) => new Token(TokenKind.Dollar, start, NameEnd(start + 1) - start),
            '@' when IsNameStart(At(start + 1)) => new Token(TokenKind.At, start, QualifiedEnd(start + 1) - start),
            '+' when Digit(start + 1) => ScanNumber(start),
            '(' => new Token(TokenKind.Open, start, 1),
            ')' => new Token(TokenKind.Close, start, 1),
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
            _ => new Token(TokenKind.Bad, start, 1),
        };
    }

    private readonly Token ScanName(int start)
    {
        var stop = QualifiedEnd(start);
        return At(stop) == '\''
            ? ScanQuoted(TokenKind.Prefixed, start, stop)
            : new Token(TokenKind.Name, start, stop - start);
    }

    private readonly int NameEnd(int position)
    {
        while (position < end && IsNamePart(Text[position]))
        {
            position++;
        }

        return position;
    }

    private readonly int QualifiedEnd(int position)
    {
        position = NameEnd(position);
        while (At(position) == '.' && IsNameStart(At(position + 1)))
        {
            position = NameEnd(position + 1);
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
                if (At(i + 1) != '\'')
                {
                    return new Token(kind, start, i + 1 - start);
                }

                i++;
            }
        }

        return new Token(TokenKind.Bad, start, end - start);
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

        return new Token(TokenKind.Bad, start, end - start);
    }

    private readonly Token ScanNumber(int start)
    {
        if (IsGuid(start))
        {
            return new Token(TokenKind.Guid, start, GuidLength);
        }

        // Of 123,-4,-5 the hyphens alone would do.
        if (DigitsEnd(start) == start + 4 && At(start + 4) == '-' && DigitsEnd(start + 5) == start + 7 && At(start + 7) == '-' && Digit(start + 8))
        {
            return ScanDate(start);
        }

        if (At(start + 2) == ':' && Digit(start + 1) && Digit(start + 3) && Digit(start + 4))
        {
            return new Token(TokenKind.Time, start, TimeEnd(start) - start);
        }

        var kind = TokenKind.Integer;
        var i = DigitsEnd(start + 1);
        if (At(i) == '.' && Digit(i + 1))
        {
            kind = TokenKind.Decimal;
            i = DigitsEnd(i + 1);
        }

        if (At(i) is 'e' or 'E' && (Digit(i + 1) || (At(i + 1) is '+' or '-' && Digit(i + 2))))
        {
            kind = TokenKind.Double;
            i = DigitsEnd(i + 2);
        }

        // 5x is no number with a name behind it.
        return IsNamePart(At(i)) ? new Token(TokenKind.Bad, start, NameEnd(i) - start) : new Token(kind, start, i - start);
    }

    private readonly int DigitsEnd(int position)
    {
        while (Digit(position))
        {
            position++;
        }

        return position;
    }

    private readonly Token ScanDate(int start)
    {
        var i = Math.Min(start + 10, end);
        if (At(i) is not ('T' or 't') || !Digit(i + 1))
        {
            return new Token(TokenKind.Date, start, i - start);
        }

        i = TimeEnd(i + 1);
        if (At(i) is 'Z' or 'z')
        {
            i++;
        }
        else if (At(i) is '+' or '-' or ' ' && At(i + 3) == ':' && Digit(i + 1) && Digit(i + 2) && Digit(i + 4) && Digit(i + 5))
        {
            // A plus sign that the client forgot to encode has become a space.
            i += 6;
        }

        return new Token(TokenKind.DateTime, start, i - start);
    }

    private readonly int TimeEnd(int start)
    {
        var i = start;
        while (Digit(i) || (At(i) is ':' or '.' && Digit(i + 1)))
        {
            i++;
        }

        return i;
    }

    private const int GuidLength = 36;

    private readonly bool IsGuid(int start)
    {
        if (At(start + 8) != '-' || At(start + 13) != '-' || At(start + 18) != '-' || At(start + 23) != '-' || IsNamePart(At(start + GuidLength)))
        {
            return false;
        }

        for (var i = start; i < start + GuidLength; i++)
        {
            if (!char.IsAsciiHexDigit(At(i)) && At(i) != '-')
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
