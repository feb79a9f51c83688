using ODataEngine.Parsing.Lexing;

namespace ODataEngine.Parsing.Options;

/// <summary>
/// Splits options in parentheses, <c>($filter=a eq ';';$top=1)</c>, without parsing their values: a filter may use a property
/// that a following <c>$compute</c> defines.
/// </summary>
internal static class NestedOptionReader
{
    /// <summary>Reads from the opening parenthesis (the current token) through the closing one.</summary>
    public static QueryOptionSet Read(ParseContext context, ref Lexer lexer, SystemQueryOptions allowed)
    {
        var options = new QueryOptionSet();
        do
        {
            lexer.Advance();
            var token = lexer.Current;
            if (token.Kind == TokenKind.AtName)
            {
                ReadAlias(context, ref lexer, options);
                continue;
            }

            var name = token.Kind is TokenKind.Name or TokenKind.DollarName ? lexer.CurrentText : throw context.UnexpectedToken(lexer, "a query option such as $filter");
            var option = SystemQueryOptionNames.Find(name[0] == '$' ? name[1..] : name);
            if ((option & allowed) == 0)
            {
                throw context.ErrorAt(
                    option == SystemQueryOptions.None ? ODataErrorCodes.UnknownOption : ODataErrorCodes.OptionNotAllowed, lexer, token, $"'{ODataErrors.Truncate(name)}' is not an allowed query option here; allowed: {SystemQueryOptionNames.FormatList(allowed)}.");
            }

            var value = ReadValue(context, ref lexer, option == SystemQueryOptions.Search);
            if (!options.TryAdd(option, value))
            {
                throw context.ErrorAt(ODataErrorCodes.DuplicateOption, lexer, token, $"{SystemQueryOptionNames.GetName(option)} is specified more than once.");
            }
        }
        while (lexer.Is(TokenKind.Semicolon));

        if (!lexer.Is(TokenKind.CloseParenthesis))
        {
            throw context.UnexpectedToken(lexer, "';' or ')'");
        }

        lexer.Advance();
        return options;
    }

    // An alias of this level takes precedence over one of the same name at an outer level (ABNF: expandOption, selectOption).
    private static void ReadAlias(ParseContext context, ref Lexer lexer, QueryOptionSet options)
    {
        var token = lexer.Current;
        var name = lexer.CurrentText.ToString();
        if (!options.TryAddAlias(name, ReadValue(context, ref lexer, isSearch: false)))
        {
            throw context.ErrorAt(ODataErrorCodes.DuplicateOption, lexer, token, $"'{ODataErrors.Truncate(name)}' is specified more than once.");
        }
    }

    private static StringSlice ReadValue(ParseContext context, ref Lexer lexer, bool isSearch)
    {
        lexer.Advance();
        if (!lexer.Is(TokenKind.EqualSign))
        {
            throw context.UnexpectedToken(lexer, "'='");
        }

        var start = lexer.Current.End;
        var end = FindValueEnd(lexer.Text, start, lexer.End, isSearch);
        lexer.MoveTo(end);
        return new StringSlice(lexer.Text, start, end);
    }

    private static int FindValueEnd(string text, int start, int end, bool isSearch)
    {
        if (isSearch)
        {
            return FindSearchEnd(text, start, end);
        }

        var depth = 0;
        for (var i = start; i < end; i++)
        {
            switch (text[i])
            {
                case '\'' or '"':
                    i = FindQuoteEnd(text, i, end);
                    break;
                case ';' when depth == 0:
                    return i;
                case '(' or ';':
                    depth += text[i] == '(' ? 1 : 0;
                    // A nested search may contain an apostrophe that does not quote.
                    var value = FindSearchValue(text, i + 1, end);
                    i = value < 0 ? i : FindSearchEnd(text, value, end) - 1;
                    break;
                case ')' when depth-- == 0:
                    return i;
            }
        }

        return end;
    }

    private static int FindQuoteEnd(string text, int start, int end)
    {
        for (var i = start + 1; i < end; i++)
        {
            if (text[i] == text[start])
            {
                return i;
            }

            if (text[i] == '\\' && text[start] == '"')
            {
                i++;
            }
        }

        return end;
    }

    /// <summary>Gets the start of the value if an option <c>$search=</c> starts here; otherwise -1.</summary>
    private static int FindSearchValue(string text, int start, int end)
    {
        var rest = text.AsSpan(start, end - start);
        var name = rest.StartsWith("$") ? rest[1..] : rest;
        return name.StartsWith("search=", StringComparison.OrdinalIgnoreCase) ? end - name.Length + "search=".Length : -1;
    }

    /// <summary>Gets the end of a search expression: searchChar (ABNF) excludes parentheses, double quotes and semicolons.</summary>
    public static int FindSearchEnd(string text, int start, int end)
    {
        var depth = 0;
        for (var i = start; i < end; i++)
        {
            switch (text[i])
            {
                case '\'' when text.AsSpan(start, i - start).IsWhiteSpace():
                    i = FindQuoteEnd(text, i, end);
                    while (i + 1 < end && text[i + 1] == '\'')
                    {
                        i = FindQuoteEnd(text, i + 1, end);
                    }

                    break;
                case '"':
                    i = text.IndexOf('"', i + 1, end - i - 1) is >= 0 and var quote ? quote : end;
                    break;
                case ';' when depth == 0:
                    return i;
                case '(':
                    depth++;
                    break;
                case ')' when depth-- == 0:
                    return i;
            }
        }

        return end;
    }
}
