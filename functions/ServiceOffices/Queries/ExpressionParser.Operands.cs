using System.Globalization;
using System.Text;
using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

// Operands: literals, lists, objects, names, variables, aliases.
internal sealed partial class ExpressionParser
{
    private const int TextPerNode = 256;

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

    // After 'in': values in parentheses, or any expression that is a collection.
    private Expression ParseListOperand()
    {
        if (!lexer.Is(TokenKind.Open))
        {
            return ParseOperand();
        }

        var token = lexer.Current;
        lexer.Advance();
        context.Enter();
        var items = ParseItems(TokenKind.Close, "',' or ')'");
        context.Leave();
        return items is [{ Type: CollectionType }] ? items[0] : List(items, token);
    }

    private ListExpression ParseArray()
    {
        var token = lexer.Current;
        lexer.Advance();
        context.Enter();
        var items = ParseItems(TokenKind.CloseBracket, "',' or ']'");
        context.Leave();
        return List(items, token);
    }

    private Expression[] ParseItems(TokenKind close, string expected)
    {
        var items = new List<Expression>();
        var tallest = 0;
        while (!lexer.Is(close))
        {
            if (items.Count > 0)
            {
                Expect(TokenKind.Comma, expected);
            }

            items.Add(ParseBinary(Operators.LowestPrecedence));
            tallest = Math.Max(tallest, height);
            if (items.Count > context.Limits.MaxListItems)
            {
                throw context.OverLimit("items in a list", context.Limits.MaxListItems, nameof(QueryLimits.MaxListItems));
            }
        }

        lexer.Advance();
        height = context.Height(tallest + 1);
        return [.. items];
    }

    private ListExpression List(Expression[] items, Token token)
    {
        var element = TypeRules.Common(null, items);
        if (element is not null)
        {
            for (var i = 0; i < items.Length; i++)
            {
                items[i] = TypeRules.Promote(items[i], element);
            }
        }
        else if (items.FirstOrDefault(item => item.Type is not null) is { } typed)
        {
            var other = items.First(item => TypeRules.Common(typed.Type, [item]) is null);
            throw Mismatch(token, $"the items of a list are of one type, not {TypeRules.Describe(typed)} and {TypeRules.Describe(other)}");
        }

        return new ListExpression(items, new CollectionType(element ?? new UnresolvedType()));
    }

    private UntypedObject ParseObject()
    {
        lexer.Advance();
        context.Enter();
        var members = new List<(string, Expression)>();
        var tallest = 0;
        while (!lexer.Is(TokenKind.CloseBrace))
        {
            if (members.Count > 0)
            {
                Expect(TokenKind.Comma, "',' or '}'");
            }

            var name = lexer.Is(TokenKind.JsonString) ? JsonText(lexer.Current) : throw context.Unexpected(lexer, "a property's name in double quotes");
            lexer.Advance();
            Expect(TokenKind.Colon, "':'");
            members.Add((name, ParseBinary(Operators.LowestPrecedence)));
            tallest = Math.Max(tallest, height);
        }

        lexer.Advance();
        context.Leave();
        height = context.Height(tallest + 1);
        return new UntypedObject(members);
    }

    private Literal ParseNumber()
    {
        var token = lexer.Current;
        if (token.Kind == TokenKind.Minus)
        {
            // Only reached where a digit or INF follows at once.
            lexer.Advance();
            token = new Token(lexer.Current.Kind, token.Start, lexer.Current.End - token.Start);
        }

        var text = lexer.TextOf(token);
        var number = Number(text[0] == '+' ? text[1..] : text, token.Kind) ?? throw context.ErrorAt("Syntax", lexer, token, "no number, or one out of range");
        lexer.Advance();
        return number;
    }

    // An integer takes the smallest type from Int32 up that holds it; with a fraction it is a Decimal where that is exact, with an exponent a Double.
    private static Literal? Number(ReadOnlySpan<char> text, TokenKind kind)
    {
        var invariant = CultureInfo.InvariantCulture;
        if (kind == TokenKind.Integer)
        {
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var small))
            {
                return new Literal(small, PrimitiveType.Int32);
            }

            if (long.TryParse(text, NumberStyles.AllowLeadingSign, invariant, out var large))
            {
                return new Literal(large, PrimitiveType.Int64);
            }
        }

        // A decimal holds 28 digits; beside the digits there are at most a sign and a point.
        if (kind is TokenKind.Integer or TokenKind.Decimal && text.Length <= 29
            && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, invariant, out var number))
        {
            return new Literal(number, PrimitiveType.Decimal);
        }

        return LiteralReader.ReadDouble(text) is { } real ? new Literal(real, PrimitiveType.Double) : null;
    }

    private Literal ParseString()
    {
        var token = lexer.Current;
        context.CountNode(token.Length / TextPerNode);
        var text = token.Kind == TokenKind.String ? LiteralReader.Unquote(lexer.CurrentText) : JsonText(token);
        lexer.Advance();
        return new Literal(text, PrimitiveType.String);
    }

    private string JsonText(Token token)
    {
        var inner = lexer.TextOf(token)[1..^1];
        if (!inner.Contains('\\'))
        {
            return inner.ToString();
        }

        var text = new StringBuilder(inner.Length);
        for (var i = 0; i < inner.Length; i++)
        {
            if (inner[i] != '\\')
            {
                text.Append(inner[i]);
                continue;
            }

            i++;
            var escaped = i < inner.Length ? inner[i] : '\0';
            if (escaped == 'u' && inner.Length - i > 4
                && ushort.TryParse(inner.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                i += 4;
                continue;
            }

            var plain = @"""\/bfnrt".IndexOf(escaped, StringComparison.Ordinal);
            text.Append(plain < 0 ? throw context.ErrorAt("Syntax", lexer, token, "a wrong escape in a JSON string") : "\"\\/\b\f\n\r\t"[plain]);
        }

        return text.ToString();
    }

    private Literal ParseConstant(PrimitiveKind kind)
    {
        var type = PrimitiveType.Of(kind);
        if (!LiteralReader.TryRead(lexer.CurrentText, type, out var value))
        {
            throw context.ErrorAt("Syntax", lexer, lexer.Current, $"no {type.FullName}");
        }

        lexer.Advance();
        return new Literal(value, type);
    }

    private Literal ParseDateTime()
    {
        var value = LiteralReader.ReadDateTime(lexer.CurrentText, requireZone: true)
            ?? throw context.ErrorAt("Syntax", lexer, lexer.Current, "no Edm.DateTimeOffset", "it is written 2026-01-31T08:00:00Z or with an offset such as %2B01:00");
        lexer.Advance();
        return new Literal(value, PrimitiveType.DateTimeOffset);
    }

    // duration'…', binary'…', geography'…', or an enumeration's type and its member.
    private Literal ParsePrefixed()
    {
        var token = lexer.Current;
        var text = lexer.CurrentText;
        var quote = text.IndexOf('\'');
        var prefix = text[..quote];
        var inner = LiteralReader.Unquote(text[quote..]);
        context.CountNode(token.Length / TextPerNode);
        Literal literal;
        if (prefix.Equals("geography", StringComparison.OrdinalIgnoreCase))
        {
            literal = GeographyReader.Read(inner, out var problem) is { } shape
                ? new Literal(shape.Value, PrimitiveType.Of(shape.Kind))
                : throw context.ErrorAt("Syntax", lexer, token, $"a wrong geography literal: {problem}");
        }
        else
        {
            var type = TypeOfPrefix(prefix) ?? throw context.ErrorAt(
                "UnknownType", lexer, token, $"'{Names.Clip(prefix)}' is no type of literals", "allowed: duration, binary, geography and the enumerations of $metadata");
            literal = LiteralReader.TryRead(inner, type, out var value)
                ? new Literal(value, type)
                : throw context.ErrorAt("Syntax", lexer, token, $"'{Names.Clip(inner)}' is no {type.FullName}{Unreadable(inner, type)}");
        }

        lexer.Advance();
        return literal;
    }

    private DataType? TypeOfPrefix(ReadOnlySpan<char> prefix) =>
        prefix.Equals("duration", StringComparison.OrdinalIgnoreCase) ? PrimitiveType.Duration
        : prefix.Equals("binary", StringComparison.OrdinalIgnoreCase) ? PrimitiveType.Of(PrimitiveKind.Binary)
        : context.Types.Find(prefix.ToString()) as EnumType;

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

        if (Scope.RowType is { } known && name.SequenceEqual(known.FullName))
        {
            // A type-cast segment to the type that the row has anyway.
            lexer.Advance();
            return row!;
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

    /// <summary>The type of the items of an empty list, or of objects, until it meets what it is compared with. Never equal to another.</summary>
    private sealed class UnresolvedType : DataType
    {
        public override string FullName => "an unknown type";
    }
}
