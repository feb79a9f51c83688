using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Expressions;

/// <summary>Parses paths after an operand: properties, keys, any and all, counts, filters (OData ABNF 4.01, 4: propertyPathExpr, collectionPathExpr).</summary>
internal readonly ref struct MemberPathParser(ParseContext context, ExpressionParser expressions)
{
    private ref Lexer Lexer => ref expressions.Lexer;

    public Expression Parse(Expression source)
    {
        source = ParseOptionalKey(source);
        while (expressions.Accept(TokenKind.Slash))
        {
            context.CountNodes();
            source = ParseOptionalKey(ParseSegment(source));
            expressions.Height = context.CheckHeight(expressions.Height + 1);
        }

        return source;
    }

    private Expression ParseSegment(Expression source) => source.Type switch
    {
        CollectionType collection => ParseCollectionSegment(source, collection.Element),
        StructuredType type => ParseMember(source, type),
        _ => throw context.ErrorAt(ODataErrorCodes.Syntax, Lexer, Lexer.Current, $"A value of type {TypeRules.DescribeType(source)} has no properties."),
    };

    private Expression ParseMember(Expression source, StructuredType type)
    {
        var token = Lexer.Current;
        if (token.Kind == TokenKind.AtName)
        {
            throw context.NotSupportedAt(Lexer, token, "Annotations in expressions are not supported.");
        }

        var name = Lexer.Is(TokenKind.Name) ? Lexer.CurrentText : throw context.UnexpectedToken(Lexer, "a property");
        Lexer.Advance();
        if (NameLookup.FindProperty(type, name) is { } property)
        {
            return new PropertyAccess(source, property);
        }

        if (source is Variable { Slot: var slot } && expressions.Scope.FindComputed(slot, name) is { } computed)
        {
            context.CountNodes(computed.NodeCount);
            return new ComputedAccess(slot, computed);
        }

        return NameLookup.FindTypeCast(type, name) is { } target ? TypeRules.ToDerivedType(source, target)
            : expressions.Scope.FindMissing(source, name) is { } missing ? missing
            : throw context.ErrorAt(ODataErrorCodes.UnknownProperty, Lexer, token, ODataErrors.UnknownProperty(type, name));
    }

    private Expression ParseCollectionSegment(Expression source, DataType element)
    {
        var token = Lexer.Current;
        if (Lexer.IsDollarName("$count"))
        {
            return ParseCount(source, element);
        }

        if (Lexer.IsDollarName("$filter"))
        {
            Lexer.Advance();
            expressions.Expect(TokenKind.OpenParenthesis, "'('");
            var (item, filter) = ParseItemFilter(element);
            expressions.Expect(TokenKind.CloseParenthesis, "an operator or ')'");
            return new CollectionFilter(source, item, filter);
        }

        if (Lexer.NextCharacter == '(' && Lexer.IsKeyword("any"))
        {
            return ParseLambda(source, element, isAll: false);
        }

        if (Lexer.NextCharacter == '(' && Lexer.IsKeyword("all"))
        {
            return ParseLambda(source, element, isAll: true);
        }

        if (Lexer.NextCharacter == '(' && Lexer.IsKeyword("aggregate"))
        {
            throw context.NotSupportedAt(Lexer, token, "aggregate() in an expression is not supported; use $apply=aggregate(…).");
        }

        if (Lexer.Is(TokenKind.Name) && element is StructuredType type && NameLookup.FindTypeCast(type, Lexer.CurrentText) is { } target)
        {
            Lexer.Advance();
            return TypeRules.ToDerivedType(source, target);
        }

        throw context.ErrorAt(
            ODataErrorCodes.Syntax, Lexer, token, $"'{ODataErrors.Truncate(Lexer.CurrentText)}' is not allowed after {source.Type?.DisplayName}; allowed: any(…), all(…), $count, $filter(…), for entities a key in parentheses.");
    }

    private LambdaExpression ParseLambda(Expression source, DataType element, bool isAll)
    {
        Lexer.Advance();
        Lexer.Advance();
        if (!isAll && expressions.Accept(TokenKind.CloseParenthesis))
        {
            return new LambdaExpression(false, source, null, null);
        }

        var variable = Lexer.Is(TokenKind.Name)
            ? context.NewVariable(Lexer.CurrentText.ToString(), element)
            : throw context.UnexpectedToken(Lexer, "a variable and ':'");
        Lexer.Advance();
        expressions.Expect(TokenKind.Colon, "':' after the variable");
        var sourceHeight = expressions.Height;
        context.EnterLevel();
        expressions.LambdaVariables.Add(variable);
        var predicate = expressions.ParseCondition();
        expressions.LambdaVariables.RemoveAt(expressions.LambdaVariables.Count - 1);
        context.LeaveLevel();
        expressions.Expect(TokenKind.CloseParenthesis, "an operator or ')'");
        expressions.Height = Math.Max(sourceHeight, expressions.Height);
        return new LambdaExpression(isAll, source, variable, predicate);
    }

    // Names in a filter after a collection are properties of its items.
    private (Variable Item, Expression Filter) ParseItemFilter(DataType element)
    {
        var item = context.NewVariable("$this", element);
        var outer = expressions.Scope;
        expressions.Scope = new NameScope(item, outer);
        context.EnterLevel();
        var sourceHeight = expressions.Height;
        var filter = expressions.ParseCondition();
        expressions.Height = Math.Max(sourceHeight, expressions.Height);
        context.LeaveLevel();
        expressions.Scope = outer;
        return (item, filter);
    }

    private CountExpression ParseCount(Expression source, DataType element)
    {
        Lexer.Advance();
        if (!Lexer.Is(TokenKind.OpenParenthesis))
        {
            return new CountExpression(source, null, null, null);
        }

        var options = NestedOptionReader.Read(context, ref Lexer, SystemQueryOptions.Filter | SystemQueryOptions.Search);
        Variable? item = null;
        Expression? filter = null;
        if (options.TryGet(SystemQueryOptions.Filter, out var range))
        {
            var saved = expressions.PushInput(range, expressions.Scope);
            (item, filter) = ParseItemFilter(element);
            expressions.ExpectEnd();
            expressions.PopInput(saved);
        }

        var search = options.TryGet(SystemQueryOptions.Search, out range) ? SearchParser.Parse(context, range) : null;
        return new CountExpression(source, item, filter, search);
    }

    private Expression ParseOptionalKey(Expression source) => Lexer.Is(TokenKind.OpenParenthesis) && source is
        RootEntitySet or CollectionFilter or CastExpression or PropertyAccess { Property.IsNavigation: true } && source.Type is CollectionType { Element: StructuredType { IsEntity: true } type }
            ? new KeyParser(context, expressions).Parse(source, type)
            : source;
}
