using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

// Calls of functions (OData 4.01 Part 2, 5.1.1.4 to 5.1.1.12).
internal sealed partial class ExpressionParser
{
    private const int MostArguments = 3;

    private Expression ParseFunction()
    {
        var token = lexer.Current;
        var name = lexer.CurrentText;
        if (name.Equals("case", StringComparison.OrdinalIgnoreCase))
        {
            return Inside(ParseCase);
        }

        if (name.Equals("cast", StringComparison.OrdinalIgnoreCase))
        {
            return Inside(() => ParseConversion(token, isCast: true));
        }

        if (name.Equals("isof", StringComparison.OrdinalIgnoreCase))
        {
            return Inside(() => ParseConversion(token, isCast: false));
        }

        var overloads = FunctionTable.Find(name) ?? throw context.ErrorAt(
            "UnknownFunction", lexer, token, $"'{Names.Clip(name)}' is no function", Names.Hint(name, FunctionTable.Names.Concat(["case", "cast", "isof"]), "functions"));
        lexer.Advance();
        lexer.Advance();
        context.Enter();
        var arguments = ParseArguments();
        context.Leave();
        if (FunctionTable.Bind(overloads, arguments) is { } call)
        {
            return call;
        }

        var function = lexer.TextOf(token).ToString();
        throw context.ErrorAt(
            "TypeMismatch", lexer, token, $"{function}({string.Join(',', arguments.Select(TypeRules.Describe))}) does not exist",
            $"allowed: {FunctionTable.Describe(function, overloads)}");
    }

    private Expression Inside(Func<Expression> parse)
    {
        lexer.Advance();
        lexer.Advance();
        context.Enter();
        var expression = parse();
        context.Leave();
        Expect(TokenKind.Close, "')'");
        return expression;
    }

    private Expression[] ParseArguments()
    {
        if (Accept(TokenKind.Close))
        {
            return [];
        }

        var first = ParseExpression();
        var tallest = height;
        if (Accept(TokenKind.Close))
        {
            height = context.Height(tallest + 1);
            return [first];
        }

        var arguments = new List<Expression>(MostArguments) { first };
        while (Accept(TokenKind.Comma))
        {
            arguments.Add(ParseExpression());
            tallest = Math.Max(tallest, height);
        }

        Expect(TokenKind.Close, "an operator, ',' or ')'");
        height = context.Height(tallest + 1);
        return [.. arguments];
    }

    private Expression ParseCase()
    {
        var token = lexer.Current;
        var branches = new List<(Expression Condition, Expression Value)>();
        var tallest = 0;
        do
        {
            var condition = ParseCondition();
            tallest = Math.Max(tallest, height);
            Expect(TokenKind.Colon, "an operator or ':'");
            branches.Add((condition, ParseExpression()));
            tallest = Math.Max(tallest, height);
        }
        while (Accept(TokenKind.Comma));

        height = context.Height(tallest + 1);
        var values = branches.ConvertAll(branch => branch.Value);
        var type = TypeRules.Common(null, values);
        if (type is null && values.Find(value => !TypeRules.IsNull(value)) is { } typed)
        {
            var other = values.Find(value => TypeRules.Common(typed.Type, [value]) is null) ?? typed;
            throw Mismatch(token, $"the results of case() are of one type, not {TypeRules.Describe(typed)} and {TypeRules.Describe(other)}");
        }

        return type is null ? TypeRules.Null : new Case(branches.ConvertAll(branch => (branch.Condition, TypeRules.Promote(branch.Value, type))), type);
    }

    private Expression ParseConversion(Token token, bool isCast)
    {
        var operand = TryParseType() is { } own ? ((Expression)RowOf(token), own) : ParseConversionOperand();
        var (source, target) = operand;
        height = context.Height(height + 1);
        if (!isCast)
        {
            return new IsOf(source, target);
        }

        if (source.Type is not null && TypeRules.Same(source.Type, target))
        {
            return source;
        }

        if (source is Literal { Value: string text } && LiteralReader.TryRead(text, target, out var value))
        {
            return new Literal(value, target);
        }

        if (source is Literal { Value: { } constant } && source.IsNumeric && target is PrimitiveType { IsNumeric: true, Kind: var kind } && Numbers.Convert(constant, kind) is { } number)
        {
            return new Literal(number, target);
        }

        return IsCastable(source.Type, target)
            ? new Cast(source, target)
            : throw Mismatch(token, $"{TypeRules.Describe(source)} cannot be cast to {target}");
    }

    // A cast between structured types of which neither derives from the other can never succeed, nor one to or from a primitive type.
    private static bool IsCastable(DataType? source, DataType target) => (source, target) switch
    {
        (null, _) => true,
        (StructuredType from, StructuredType to) => from.Is(to) || to.Is(from),
        (StructuredType, _) or (_, StructuredType) => false,
        (CollectionType from, CollectionType to) => TypeRules.Same(from.Element, to.Element) || IsCastable(from.Element, to.Element),
        (CollectionType, _) or (_, CollectionType) => false,
        _ => true,
    };

    private (Expression Source, DataType Target) ParseConversionOperand()
    {
        var source = ParseExpression();
        Expect(TokenKind.Comma, "',' and a type");
        var target = TryParseType() ?? throw context.ErrorAt(
            "UnknownType", lexer, lexer.Current, "no known type", "types are named as in $metadata: Edm.Int32, Collection(Edm.String), …");
        return (source, target);
    }

    private Variable RowOf(Token token) =>
        Scope.Row ?? throw context.ErrorAt("Syntax", lexer, token, "there is no current instance here");

    /// <summary>The type that is named here; null, with nothing consumed, where none is. Old clients quote the name.</summary>
    private DataType? TryParseType()
    {
        var before = lexer;
        string? name = lexer.Current.Kind switch
        {
            TokenKind.Name => lexer.CurrentText.ToString(),
            TokenKind.String => LiteralReader.Unquote(lexer.CurrentText),
            _ => null,
        };
        if (name is not null)
        {
            lexer.Advance();
            if (name == "Collection" && Accept(TokenKind.Open))
            {
                name = $"Collection({lexer.CurrentText})";
                lexer.Advance();
                _ = Accept(TokenKind.Close);
            }

            if (context.Types.Find(name) is { } type && lexer.Is(TokenKind.Close))
            {
                return type;
            }
        }

        lexer = before;
        return null;
    }
}
