using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

// Paths behind an operand: properties, keys, any and all, counts, filters (OData ABNF 4.01, 4: propertyPathExpr, collectionPathExpr).
internal sealed partial class ExpressionParser
{
    private Expression ParsePath(Expression source)
    {
        source = ParseKeyOf(source);
        while (Accept(TokenKind.Slash))
        {
            context.CountNode();
            source = ParseKeyOf(ParseSegment(source));
            height = context.Height(height + 1);
        }

        return source;
    }

    private Expression ParseSegment(Expression source) => source.Type switch
    {
        CollectionType collection => ParseCollectionSegment(source, collection.Element),
        StructuredType type => ParseMember(source, type),
        _ => throw context.ErrorAt("Syntax", lexer, lexer.Current, $"{TypeRules.Describe(source)} has no properties, so no path leads on"),
    };

    private Expression ParseMember(Expression source, StructuredType type)
    {
        var token = lexer.Current;
        if (token.Kind == TokenKind.At)
        {
            throw context.NotSupportedAt(lexer, token, "annotations in expressions are not supported");
        }

        var name = lexer.Is(TokenKind.Name) ? lexer.CurrentText : throw context.Unexpected(lexer, "a property");
        lexer.Advance();
        if (Names.Find(type, name) is { } property)
        {
            return new PropertyAccess(source, property);
        }

        if (source is Variable { Slot: var slot } && Scope.FindComputed(slot, name) is { } computed)
        {
            return new ComputedAccess(slot, computed);
        }

        return Names.Cast(type, name) is { } target
            ? TypeRules.Cast(source, target)
            : throw context.ErrorAt("UnknownProperty", lexer, token, $"'{Names.Clip(name)}' is no property of {type.FullName}", Names.OfProperties(type, name));
    }

    private Expression ParseCollectionSegment(Expression source, DataType element)
    {
        var token = lexer.Current;
        if (lexer.IsDollar("$count"))
        {
            return ParseCount(source, element);
        }

        if (lexer.IsDollar("$filter"))
        {
            lexer.Advance();
            Expect(TokenKind.Open, "'('");
            var (item, filter) = ParseItemFilter(element);
            Expect(TokenKind.Close, "an operator or ')'");
            return new Filtered(source, item, filter);
        }

        if (lexer.After == '(' && lexer.IsWord("any"))
        {
            return ParseLambda(source, element, isAll: false);
        }

        if (lexer.After == '(' && lexer.IsWord("all"))
        {
            return ParseLambda(source, element, isAll: true);
        }

        if (lexer.After == '(' && lexer.IsWord("aggregate"))
        {
            throw context.NotSupportedAt(lexer, token, "aggregate() in an expression is not supported; $apply=aggregate(…) is");
        }

        if (lexer.Is(TokenKind.Name) && element is StructuredType type && Names.Cast(type, lexer.CurrentText) is { } target)
        {
            lexer.Advance();
            return TypeRules.Cast(source, target);
        }

        throw context.ErrorAt(
            "Syntax", lexer, token, $"{source.Type} is a collection and has no '{Names.Clip(lexer.CurrentText)}'", "allowed: any(…), all(…), $count, $filter(…), for entities a key in parentheses");
    }

    private Lambda ParseLambda(Expression source, DataType element, bool isAll)
    {
        lexer.Advance();
        lexer.Advance();
        if (!isAll && Accept(TokenKind.Close))
        {
            return new Lambda(false, source, null, null);
        }

        var variable = lexer.Is(TokenKind.Name)
            ? context.NewVariable(lexer.CurrentText.ToString(), element)
            : throw context.Unexpected(lexer, "a variable and ':'");
        lexer.Advance();
        Expect(TokenKind.Colon, "':' after the variable");
        var sourceHeight = height;
        context.Enter();
        lambdas.Add(variable);
        var predicate = ParseCondition();
        lambdas.RemoveAt(lambdas.Count - 1);
        context.Leave();
        Expect(TokenKind.Close, "an operator or ')'");
        height = Math.Max(sourceHeight, height);
        return new Lambda(isAll, source, variable, predicate);
    }

    // Bare names in a filter nested behind a collection are properties of its items.
    private (Variable Item, Expression Filter) ParseItemFilter(DataType element)
    {
        var item = context.NewVariable("$this", element);
        var outer = Scope;
        Scope = new Scope(item, outer);
        context.Enter();
        var sourceHeight = height;
        var filter = ParseCondition();
        height = Math.Max(sourceHeight, height);
        context.Leave();
        Scope = outer;
        return (item, filter);
    }

    private CountOf ParseCount(Expression source, DataType element)
    {
        lexer.Advance();
        if (!lexer.Is(TokenKind.Open))
        {
            return new CountOf(source, null, null, null);
        }

        var options = NestedOptions.Read(context, ref lexer, SystemOptions.Filter | SystemOptions.Search);
        Variable? item = null;
        Expression? filter = null;
        if (options.TryGet(SystemOptions.Filter, out var range))
        {
            var before = Open(range, Scope);
            (item, filter) = ParseItemFilter(element);
            ExpectEnd();
            Close(before);
        }

        var search = options.TryGet(SystemOptions.Search, out range) ? SearchParser.Parse(context, range) : null;
        return new CountOf(source, item, filter, search);
    }

    private Expression ParseKeyOf(Expression source) => lexer.Is(TokenKind.Open) && source is
        RootSet or Filtered or Cast or PropertyAccess { Property.IsNavigation: true } && source.Type is CollectionType { Element: StructuredType { IsEntity: true } type }
            ? ParseKey(source, type)
            : source;

    /// <summary>A key in parentheses, here: one value, or each part by its name (4.01 Part 2, 4.3.1).</summary>
    public KeyAccess ParseKey(Expression collection, StructuredType type)
    {
        var start = lexer.Current;
        Expect(TokenKind.Open, "'('");
        context.Enter();
        var values = new Expression?[type.Key.Count];
        var ahead = lexer;
        ahead.Advance();
        if (lexer.Is(TokenKind.Name) && ahead.Is(TokenKind.EqualSign))
        {
            do
            {
                var part = lexer.Is(TokenKind.Name) ? KeyPart(type) : throw context.Unexpected(lexer, "a key property and '='");
                lexer.Advance();
                Expect(TokenKind.EqualSign, "'='");
                values[part] = values[part] is null ? ParseKeyValue(type.Key[part]) : throw WrongKey(start, type, $"'{type.Key[part].Name}' is there twice");
            }
            while (Accept(TokenKind.Comma));
        }
        else if (values.Length == 1)
        {
            values[0] = ParseKeyValue(type.Key[0]);
        }
        else
        {
            throw WrongKey(start, type, "its parts are named");
        }

        Expect(TokenKind.Close, "')'");
        context.Leave();
        return Array.IndexOf(values, null) < 0
            ? new KeyAccess(collection, values!, type)
            : throw WrongKey(start, type, "a part is missing");
    }

    private int KeyPart(StructuredType type)
    {
        for (var i = 0; i < type.Key.Count; i++)
        {
            if (lexer.CurrentText.SequenceEqual(type.Key[i].Name))
            {
                return i;
            }
        }

        throw WrongKey(lexer.Current, type, $"'{Names.Clip(lexer.CurrentText)}' is not part of it");
    }

    private Expression ParseKeyValue(Property part)
    {
        var token = lexer.Current;
        var value = ParseExpression();
        return TypeRules.TryConvert(value, part.Type, out var converted) && !TypeRules.IsNull(converted)
            ? converted
            : throw context.ErrorAt("TypeMismatch", lexer, token, $"the key '{part.Name}' is of type {part.Type}, not {TypeRules.Describe(value)}");
    }

    private QueryException WrongKey(Token token, StructuredType type, string problem) => context.ErrorAt(
        "InvalidKey", lexer, token, $"a wrong key, {problem}", $"the key of {type.FullName} is ({KeyForm(type)})");

    private static string KeyForm(StructuredType type) => type.Key.Count == 1
        ? type.Key[0].Type.ToString()
        : string.Join(",", type.Key.Select(part => $"{part.Name}={part.Type}"));
}
