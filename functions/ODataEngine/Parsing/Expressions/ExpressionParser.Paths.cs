using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

// Paths behind an operand: properties, keys, any and all, counts, filters (OData ABNF 4.01, 4: propertyPathExpr, collectionPathExpr).
internal sealed partial class ExpressionParser
{
    private Expression ParsePath(Expression source)
    {
        source = ParseOptionalKey(source);
        while (Accept(TokenKind.Slash))
        {
            context.CountNodes();
            source = ParseOptionalKey(ParseSegment(source));
            height = context.CheckHeight(height + 1);
        }

        return source;
    }

    private Expression ParseSegment(Expression source) => source.Type switch
    {
        CollectionType collection => ParseCollectionSegment(source, collection.Element),
        StructuredType type => ParseMember(source, type),
        _ => throw context.ErrorAt(ODataErrorCodes.Syntax, lexer, lexer.Current, $"A value of type {TypeRules.DescribeType(source)} has no properties."),
    };

    private Expression ParseMember(Expression source, StructuredType type)
    {
        var token = lexer.Current;
        if (token.Kind == TokenKind.AtName)
        {
            throw context.NotSupportedAt(lexer, token, "Annotations in expressions are not supported.");
        }

        var name = lexer.Is(TokenKind.Name) ? lexer.CurrentText : throw context.UnexpectedToken(lexer, "a property");
        lexer.Advance();
        if (NameLookup.FindProperty(type, name) is { } property)
        {
            return new PropertyAccess(source, property);
        }

        if (source is Variable { Slot: var slot } && Scope.FindComputed(slot, name) is { } computed)
        {
            return new ComputedAccess(slot, computed);
        }

        return NameLookup.FindTypeCast(type, name) is { } target
            ? TypeRules.ToDerivedType(source, target)
            : throw context.ErrorAt(ODataErrorCodes.UnknownProperty, lexer, token, ODataErrors.UnknownProperty(type, name));
    }

    private Expression ParseCollectionSegment(Expression source, DataType element)
    {
        var token = lexer.Current;
        if (lexer.IsDollarName("$count"))
        {
            return ParseCount(source, element);
        }

        if (lexer.IsDollarName("$filter"))
        {
            lexer.Advance();
            Expect(TokenKind.OpenParenthesis, "'('");
            var (item, filter) = ParseItemFilter(element);
            Expect(TokenKind.CloseParenthesis, "an operator or ')'");
            return new CollectionFilter(source, item, filter);
        }

        if (lexer.NextCharacter == '(' && lexer.IsKeyword("any"))
        {
            return ParseLambda(source, element, isAll: false);
        }

        if (lexer.NextCharacter == '(' && lexer.IsKeyword("all"))
        {
            return ParseLambda(source, element, isAll: true);
        }

        if (lexer.NextCharacter == '(' && lexer.IsKeyword("aggregate"))
        {
            throw context.NotSupportedAt(lexer, token, "aggregate() in an expression is not supported; use $apply=aggregate(…).");
        }

        if (lexer.Is(TokenKind.Name) && element is StructuredType type && NameLookup.FindTypeCast(type, lexer.CurrentText) is { } target)
        {
            lexer.Advance();
            return TypeRules.ToDerivedType(source, target);
        }

        throw context.ErrorAt(
            ODataErrorCodes.Syntax, lexer, token, $"'{ODataErrors.Truncate(lexer.CurrentText)}' is not allowed after {source.Type?.DisplayName}; allowed: any(…), all(…), $count, $filter(…), for entities a key in parentheses.");
    }

    private LambdaExpression ParseLambda(Expression source, DataType element, bool isAll)
    {
        lexer.Advance();
        lexer.Advance();
        if (!isAll && Accept(TokenKind.CloseParenthesis))
        {
            return new LambdaExpression(false, source, null, null);
        }

        var variable = lexer.Is(TokenKind.Name)
            ? context.NewVariable(lexer.CurrentText.ToString(), element)
            : throw context.UnexpectedToken(lexer, "a variable and ':'");
        lexer.Advance();
        Expect(TokenKind.Colon, "':' after the variable");
        var sourceHeight = height;
        context.EnterLevel();
        lambdas.Add(variable);
        var predicate = ParseCondition();
        lambdas.RemoveAt(lambdas.Count - 1);
        context.LeaveLevel();
        Expect(TokenKind.CloseParenthesis, "an operator or ')'");
        height = Math.Max(sourceHeight, height);
        return new LambdaExpression(isAll, source, variable, predicate);
    }

    // Bare names in a filter nested behind a collection are properties of its items.
    private (Variable Item, Expression Filter) ParseItemFilter(DataType element)
    {
        var item = context.NewVariable("$this", element);
        var outer = Scope;
        Scope = new NameScope(item, outer);
        context.EnterLevel();
        var sourceHeight = height;
        var filter = ParseCondition();
        height = Math.Max(sourceHeight, height);
        context.LeaveLevel();
        Scope = outer;
        return (item, filter);
    }

    private CountExpression ParseCount(Expression source, DataType element)
    {
        lexer.Advance();
        if (!lexer.Is(TokenKind.OpenParenthesis))
        {
            return new CountExpression(source, null, null, null);
        }

        var options = NestedOptionReader.Read(context, ref lexer, SystemQueryOptions.Filter | SystemQueryOptions.Search);
        Variable? item = null;
        Expression? filter = null;
        if (options.TryGet(SystemQueryOptions.Filter, out var range))
        {
            var saved = PushInput(range, Scope);
            (item, filter) = ParseItemFilter(element);
            ExpectEnd();
            PopInput(saved);
        }

        var search = options.TryGet(SystemQueryOptions.Search, out range) ? SearchParser.Parse(context, range) : null;
        return new CountExpression(source, item, filter, search);
    }

    private Expression ParseOptionalKey(Expression source) => lexer.Is(TokenKind.OpenParenthesis) && source is
        RootEntitySet or CollectionFilter or CastExpression or PropertyAccess { Property.IsNavigation: true } && source.Type is CollectionType { Element: StructuredType { IsEntity: true } type }
            ? ParseKey(source, type)
            : source;

    /// <summary>A key in parentheses, here: one value, or each part by its name (4.01 Part 2, 4.3.1).</summary>
    public KeyAccess ParseKey(Expression collection, StructuredType type)
    {
        var start = lexer.Current;
        Expect(TokenKind.OpenParenthesis, "'('");
        context.EnterLevel();
        var values = new Expression?[type.Key.Count];
        var ahead = lexer;
        ahead.Advance();
        if (lexer.Is(TokenKind.Name) && ahead.Is(TokenKind.EqualSign))
        {
            do
            {
                var part = lexer.Is(TokenKind.Name) ? FindKeyPart(type) : throw context.UnexpectedToken(lexer, "a key property and '='");
                lexer.Advance();
                Expect(TokenKind.EqualSign, "'='");
                values[part] = values[part] is null ? ParseKeyValue(type.Key[part]) : throw InvalidKey(start, type, $"'{type.Key[part].Name}' is specified twice");
            }
            while (Accept(TokenKind.Comma));
        }
        else if (values.Length == 1)
        {
            values[0] = ParseKeyValue(type.Key[0]);
        }
        else
        {
            throw InvalidKey(start, type, "its parts must be named");
        }

        Expect(TokenKind.CloseParenthesis, "')'");
        context.LeaveLevel();
        return Array.IndexOf(values, null) < 0
            ? new KeyAccess(collection, values!, type)
            : throw InvalidKey(start, type, "a part is missing");
    }

    private int FindKeyPart(StructuredType type)
    {
        for (var i = 0; i < type.Key.Count; i++)
        {
            if (lexer.CurrentText.SequenceEqual(type.Key[i].Name))
            {
                return i;
            }
        }

        throw InvalidKey(lexer.Current, type, $"'{ODataErrors.Truncate(lexer.CurrentText)}' is not a key property");
    }

    private Expression ParseKeyValue(Property part)
    {
        var token = lexer.Current;
        var value = ParseExpression();
        return TypeRules.TryConvert(value, part.Type, out var converted) && !TypeRules.IsNull(converted)
            ? converted
            : throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, token, $"The key '{part.Name}' is of type {part.Type.DisplayName}, not {TypeRules.DescribeType(value)}.");
    }

    private ODataRequestException InvalidKey(Token token, StructuredType type, string problem) => context.ErrorAt(
        ODataErrorCodes.InvalidKey, lexer, token, $"The key is invalid: {problem}. The key of {type.DisplayName} is ({FormatKeyTypes(type)}).");

    private static string FormatKeyTypes(StructuredType type) => type.Key.Count == 1
        ? type.Key[0].Type.DisplayName
        : string.Join(",", type.Key.Select(part => $"{part.Name}={part.Type.DisplayName}"));
}
