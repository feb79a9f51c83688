using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

// Operands: names, variables, aliases, parentheses; literals and lists have parts of their own.
internal sealed partial class ExpressionParser
{
    private List<string>? openAliases;

    private Expression ParseOperand()
    {
        context.CountNode();
        height = 1;
        var operand = lexer.Current.Kind switch
        {
            TokenKind.Name => ParseName(),
            TokenKind.Integer or TokenKind.Decimal or TokenKind.Double or TokenKind.Minus => ParseNumber(),
            TokenKind.String or TokenKind.JsonString => ParseString(),
            TokenKind.Prefixed => ParsePrefixed(),
            TokenKind.Guid => ParseConstant(PrimitiveKind.Guid),
            TokenKind.Date => ParseConstant(PrimitiveKind.Date),
            TokenKind.Time => ParseConstant(PrimitiveKind.TimeOfDay),
            TokenKind.DateTime => ParseDateTime(),
            TokenKind.Dollar => ParseDollar(),
            TokenKind.At => ParseAlias(),
            TokenKind.Open => ParseParentheses(),
            TokenKind.OpenBracket => ParseArray(),
            TokenKind.OpenBrace => ParseObject(),
            _ => throw context.Unexpected(lexer, "an expression"),
        };
        return ParsePath(operand);
    }

    private Expression ParseParentheses()
    {
        lexer.Advance();
        context.Enter();
        var inner = ParseBinary(Operators.LowestPrecedence);
        context.Leave();
        Expect(TokenKind.Close, "an operator or ')'");
        return inner;
    }

    // A bare name: a constant, a function, a lambda variable, a property of the row.
    private Expression ParseName()
    {
        var token = lexer.Current;
        var name = lexer.CurrentText;
        if (Constant(name) is { } constant)
        {
            lexer.Advance();
            return constant;
        }

        for (var i = lambdas.Count - 1; i >= 0; i--)
        {
            if (name.SequenceEqual(lambdas[i].Name))
            {
                lexer.Advance();
                return lambdas[i];
            }
        }

        var row = Scope.Row;
        var property = Scope.RowType is { } type ? Names.Find(type, name) : null;
        if (lexer.After == '(' && property is not { Type: CollectionType, IsNavigation: true })
        {
            return ParseFunction();
        }

        if (property is not null)
        {
            lexer.Advance();
            height = 2;
            return new PropertyAccess(row!, property);
        }

        if (row is not null && Scope.FindComputed(row.Slot, name) is { } computed)
        {
            lexer.Advance();
            return new ComputedAccess(row.Slot, computed);
        }

        if (Scope.RowType is { } known && Names.Cast(known, name) is { } target)
        {
            lexer.Advance();
            height = 2;
            return TypeRules.Cast(row!, target);
        }

        throw UnknownName(token, name);
    }

    private static Literal? Constant(ReadOnlySpan<char> name) => name.Length > 5 ? null
        : name is "null" ? TypeRules.Null
        : name.Equals("true", StringComparison.OrdinalIgnoreCase) ? new Literal(true, PrimitiveType.Boolean)
        : name.Equals("false", StringComparison.OrdinalIgnoreCase) ? new Literal(false, PrimitiveType.Boolean)
        : name is "INF" ? new Literal(double.PositiveInfinity, PrimitiveType.Double)
        : name is "NaN" ? new Literal(double.NaN, PrimitiveType.Double)
        : null;

    private QueryException UnknownName(Token token, ReadOnlySpan<char> name) => Scope.Row switch
    {
        null => context.ErrorAt("Syntax", lexer, token, $"'{Names.Clip(name)}' is no constant", "text stands in single quotes"),
        { VariableType: StructuredType type } => context.ErrorAt("UnknownProperty", lexer, token, $"'{Names.Clip(name)}' is no property of {type.FullName}", Names.OfProperties(type, name)),
        var row => context.ErrorAt("UnknownProperty", lexer, token, $"'{Names.Clip(name)}' is no property: the items are of type {row.VariableType.FullName}", $"{row.Name} stands for an item"),
    };

    private Expression ParseDollar()
    {
        var token = lexer.Current;
        var row = lexer.CurrentText switch
        {
            "$it" => Scope.Outermost.Row,
            "$this" => Scope.Row,
            "$root" => null,
            "$these" => throw context.NotSupportedAt(lexer, token, "$these is not supported"),
            _ => throw context.ErrorAt("Syntax", lexer, token, $"'{Names.Clip(lexer.CurrentText)}' is no expression", "allowed: $it, $this, $root"),
        };
        if (lexer.IsDollar("$root"))
        {
            return ParseRoot();
        }

        if (row is null)
        {
            throw context.ErrorAt("Syntax", lexer, token, $"'{Names.Clip(lexer.CurrentText)}' stands for nothing here");
        }

        lexer.Advance();
        return row;
    }

    private RootSet ParseRoot()
    {
        lexer.Advance();
        Expect(TokenKind.Slash, "'/' and an entity set");
        var set = lexer.Is(TokenKind.Name) ? context.Model.Find(lexer.CurrentText.ToString()) : null;
        if (set is null)
        {
            throw context.ErrorAt(
                "UnknownEntitySet", lexer, lexer.Current, $"'{Names.Clip(lexer.CurrentText)}' is no entity set",
                Names.Hint(lexer.CurrentText, context.Model.Sets.Select(known => known.Name), "entity sets"));
        }

        lexer.Advance();
        return new RootSet(set);
    }

    // 4.01 Part 1, 11.2.6.1.3: an alias without a value is null. Its text is read again at each use, where its type may be another.
    private Expression ParseAlias()
    {
        var token = lexer.Current;
        var name = lexer.CurrentText.ToString();
        if (name.Contains('.', StringComparison.Ordinal))
        {
            throw context.NotSupportedAt(lexer, token, "annotations in expressions are not supported");
        }

        lexer.Advance();
        if ((Scope.FindAlias(name) ?? context.Options.Alias(name)) is not { } text)
        {
            return TypeRules.Null;
        }

        // Read again at each use, a long text costs at each.
        context.CountNode(text.Span.Length / TextPerNode);
        openAliases ??= [];
        if (openAliases.Contains(name))
        {
            throw context.Error("AliasCycle", $"{Names.Clip(name)} stands for itself: {Names.Clip(string.Join(", ", openAliases))}; an alias may not lead back to itself.");
        }

        openAliases.Add(name);
        context.Enter();
        var target = context.Target;
        context.Target = name;
        var before = Open(text, Scope);
        var value = ParseBinary(Operators.LowestPrecedence);
        ExpectEnd();
        Close(before);
        context.Target = target;
        context.Leave();
        openAliases.RemoveAt(openAliases.Count - 1);
        return value;
    }
}
