using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Parses operands: names, variables, aliases, parentheses.</summary>
internal readonly ref struct OperandParser(ParseContext context, ExpressionParser expressions)
{
    private ref Lexer Lexer => ref expressions.Lexer;

    public Expression Parse()
    {
        context.CountNodes();
        expressions.Height = 1;
        var operand = Lexer.Current.Kind switch
        {
            TokenKind.Name => ParseName(),
            TokenKind.Integer or TokenKind.Decimal or TokenKind.Double or TokenKind.Minus => LiteralParser.ParseNumber(context, ref Lexer),
            TokenKind.String or TokenKind.JsonString => LiteralParser.ParseString(context, ref Lexer),
            TokenKind.PrefixedString => LiteralParser.ParsePrefixedString(context, ref Lexer),
            TokenKind.Guid => LiteralParser.ParseConstant(context, ref Lexer, PrimitiveKind.Guid),
            TokenKind.Date => LiteralParser.ParseConstant(context, ref Lexer, PrimitiveKind.Date),
            TokenKind.Time => LiteralParser.ParseConstant(context, ref Lexer, PrimitiveKind.TimeOfDay),
            TokenKind.DateTime => LiteralParser.ParseDateTime(context, ref Lexer),
            TokenKind.DollarName => ParseDollarName(),
            TokenKind.AtName => ParseAlias(),
            TokenKind.OpenParenthesis => ParseParentheses(),
            TokenKind.OpenBracket => new ListParser(context, expressions).ParseArray(),
            TokenKind.OpenBrace => new ListParser(context, expressions).ParseObject(),
            _ => throw context.UnexpectedToken(Lexer, "an expression"),
        };
        return new MemberPathParser(context, expressions).Parse(operand);
    }

    private Expression ParseParentheses()
    {
        Lexer.Advance();
        context.EnterLevel();
        var inner = expressions.ParseBinary(OperatorTable.LowestPrecedence);
        context.LeaveLevel();
        expressions.Expect(TokenKind.CloseParenthesis, "an operator or ')'");
        return inner;
    }

    // A name: a constant, a function, a lambda variable, a property of the row.
    private Expression ParseName()
    {
        var token = Lexer.Current;
        var name = Lexer.CurrentText;
        if (FindConstant(name) is { } constant)
        {
            Lexer.Advance();
            return constant;
        }

        for (var i = expressions.LambdaVariables.Count - 1; i >= 0; i--)
        {
            if (name.SequenceEqual(expressions.LambdaVariables[i].Name))
            {
                Lexer.Advance();
                return expressions.LambdaVariables[i];
            }
        }

        var row = expressions.Scope.Row;
        var property = expressions.Scope.RowType is { } type ? NameLookup.FindProperty(type, name) : null;
        if (Lexer.NextCharacter == '(' && property is not { Type: CollectionType, IsNavigation: true })
        {
            return new FunctionParser(context, expressions).Parse();
        }

        if (property is not null)
        {
            Lexer.Advance();
            expressions.Height = 2;
            return new PropertyAccess(row!, property);
        }

        if (row is not null && expressions.Scope.FindComputed(row.Slot, name) is { } computed)
        {
            Lexer.Advance();
            context.CountNodes(computed.NodeCount);
            return new ComputedAccess(row.Slot, computed);
        }

        if (expressions.Scope.RowType is { } known && NameLookup.FindTypeCast(known, name) is { } target)
        {
            Lexer.Advance();
            expressions.Height = 2;
            return TypeRules.ToDerivedType(row!, target);
        }

        if (row is not null && expressions.Scope.FindMissing(row, name) is { } missing)
        {
            Lexer.Advance();
            expressions.Height = 2;
            return missing;
        }

        throw UnknownName(token, name);
    }

    private static Literal? FindConstant(ReadOnlySpan<char> name) => name.Length > 5 ? null
        : name is "null" ? TypeRules.NullLiteral
        : name.Equals("true", StringComparison.OrdinalIgnoreCase) ? new Literal(true, PrimitiveType.Boolean)
        : name.Equals("false", StringComparison.OrdinalIgnoreCase) ? new Literal(false, PrimitiveType.Boolean)
        : name is "INF" ? new Literal(double.PositiveInfinity, PrimitiveType.Double)
        : name is "NaN" ? new Literal(double.NaN, PrimitiveType.Double)
        : null;

    private ODataRequestException UnknownName(Token token, ReadOnlySpan<char> name) => expressions.Scope.Row switch
    {
        null => context.ErrorAt(ODataErrorCodes.Syntax, Lexer, token, $"'{ODataErrors.Truncate(name)}' is not a constant. Write strings in single quotes."),
        { VariableType: StructuredType type } => context.ErrorAt(ODataErrorCodes.UnknownProperty, Lexer, token, ODataErrors.UnknownProperty(type, name)),
        var row => context.ErrorAt(ODataErrorCodes.UnknownProperty, Lexer, token, $"{row.VariableType.DisplayName} has no property '{ODataErrors.Truncate(name)}'. Use {row.Name} for an item."),
    };

    private Expression ParseDollarName()
    {
        var token = Lexer.Current;
        var row = Lexer.CurrentText switch
        {
            "$it" => expressions.Scope.Outermost.Row,
            "$this" => expressions.Scope.Row,
            "$root" => null,
            "$these" => throw context.NotSupportedAt(Lexer, token, "$these is not supported."),
            _ => throw context.ErrorAt(ODataErrorCodes.Syntax, Lexer, token, $"'{ODataErrors.Truncate(Lexer.CurrentText)}' is not an expression; allowed: $it, $this, $root."),
        };
        if (Lexer.IsDollarName("$root"))
        {
            return ParseRoot();
        }

        if (row is null)
        {
            throw context.ErrorAt(ODataErrorCodes.Syntax, Lexer, token, $"'{ODataErrors.Truncate(Lexer.CurrentText)}' is not defined here.");
        }

        Lexer.Advance();
        return row;
    }

    private RootEntitySet ParseRoot()
    {
        Lexer.Advance();
        expressions.Expect(TokenKind.Slash, "'/' and an entity set");
        var set = Lexer.Is(TokenKind.Name) ? context.Model.Find(Lexer.CurrentText.ToString()) : null;
        if (set is null)
        {
            throw context.ErrorAt(
                ODataErrorCodes.UnknownEntitySet, Lexer, Lexer.Current, ODataErrors.UnknownEntitySet(context.Model, Lexer.CurrentText));
        }

        Lexer.Advance();
        return new RootEntitySet(set);
    }

    // 4.01 Part 1, 11.2.6.1.3: an alias without a value is null. Its value is parsed again at each use, because its type may differ.
    private Expression ParseAlias()
    {
        var token = Lexer.Current;
        var name = Lexer.CurrentText.ToString();
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw context.NotSupportedAt(Lexer, token, "Annotations in expressions are not supported.");
        }

        Lexer.Advance();
        if ((expressions.Scope.FindAlias(name) ?? context.Options.FindAlias(name)) is not { } text)
        {
            return TypeRules.NullLiteral;
        }

        // The value is parsed at each use, so a long one counts each time.
        context.CountNodes(text.Span.Length / LiteralParser.CharactersPerNode);
        if (expressions.OpenAliases.Contains(name))
        {
            throw context.Error(ODataErrorCodes.AliasCycle, $"The alias {ODataErrors.Truncate(name)} refers to itself through {ODataErrors.Truncate(string.Join(", ", expressions.OpenAliases))}.");
        }

        expressions.OpenAliases.Add(name);
        context.EnterLevel();
        var target = context.Target;
        context.Target = name;
        var saved = expressions.PushInput(text, expressions.Scope);
        var value = expressions.ParseBinary(OperatorTable.LowestPrecedence);
        expressions.ExpectEnd();
        expressions.PopInput(saved);
        context.Target = target;
        context.LeaveLevel();
        expressions.OpenAliases.RemoveAt(expressions.OpenAliases.Count - 1);
        return value;
    }
}
