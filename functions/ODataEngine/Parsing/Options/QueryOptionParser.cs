using System.Globalization;
using ODataEngine.Model;
using ODataEngine.Parsing.Apply;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Options;

/// <summary>Parses the system query options of one level, of the request or nested, to a <see cref="Query"/> (OData 4.01 Part 2, 5.1).</summary>
internal sealed class QueryOptionParser(ParseContext context, ExpressionParser expressions)
{
    /// <summary>Parses the options of the request; <c>$it</c> is slot 0.</summary>
    /// <param name="rowType">The type of the resource, or of its items if it is a collection.</param>
    public Query ParseRequestOptions(QueryOptionSet options, DataType rowType) => Parse(options, new Variable(0, "$it", rowType), null, 1);

    /// <summary>Parses the options of <c>$all</c>, whose entities have no common type.</summary>
    public Query ParseWithoutRow(QueryOptionSet options) => Parse(options, null, null, 1);

    /// <summary>Parses options in parentheses after a selected or expanded property.</summary>
    /// <param name="expandDepth">The level of <c>$expand</c> among the options.</param>
    public Query ParseNested(QueryOptionSet options, DataType rowType, NameScope outer, int expandDepth) =>
        Parse(options, context.NewVariable("$this", rowType), outer, expandDepth);

    private Query Parse(QueryOptionSet options, Variable? row, NameScope? outer, int expandDepth)
    {
        if (options.Present == SystemQueryOptions.None)
        {
            return new Query { Row = row, RowType = row?.VariableType as StructuredType };
        }

        IReadOnlyList<Transformation> apply = [];
        IReadOnlyList<ExpandItem> applyExpands = [];
        IReadOnlyList<StructuredType> earlierTypes = [];
        if (TryGetOption(options, SystemQueryOptions.Apply, outer, out var range))
        {
            var applyParser = new ApplyParser(context, expressions, this);
            apply = applyParser.Parse(range, (StructuredType)row!.VariableType);
            applyExpands = applyParser.Expands;
            earlierTypes = applyParser.InputTypes;

            // Not "with": the type of the expression would not change.
            row = new Variable(row.Slot, row.Name, apply[^1].Output);
        }

        var scope = new NameScope(row, outer, options) { EarlierTypes = earlierTypes };

        // A filter may use properties of $compute in any order of the options.
        if (TryGetOption(options, SystemQueryOptions.Compute, outer, out range))
        {
            ParseCompute(range, scope);
        }

        return new Query
        {
            Row = row,
            RowType = scope.RowType,
            Apply = apply,
            Compute = scope.Computed,
            Search = TryGetOption(options, SystemQueryOptions.Search, outer, out range) ? SearchParser.Parse(context, range) : null,
            Filter = TryGetOption(options, SystemQueryOptions.Filter, outer, out range) ? expressions.ParseCondition(range, scope) : null,
            OrderBy = TryGetOption(options, SystemQueryOptions.OrderBy, outer, out range) ? ParseOrderBy(range, scope) : [],
            Skip = TryGetOption(options, SystemQueryOptions.Skip, outer, out range) ? ParseWholeNumber(range, "$skip") : null,
            Top = TryGetOption(options, SystemQueryOptions.Top, outer, out range) ? ParseWholeNumber(range, "$top") : null,
            IncludeCount = TryGetOption(options, SystemQueryOptions.Count, outer, out range) && ParseBoolean(range),
            Select = TryGetOption(options, SystemQueryOptions.Select, outer, out range) ? new SelectParser(context, expressions, this).Parse(range, scope) : null,
            Expand = TryGetOption(options, SystemQueryOptions.Expand, outer, out range) ? new ExpandParser(context, expressions, this).Parse(range, scope, expandDepth, applyExpands) : applyExpands,
            SkipToken = options.GetString(SystemQueryOptions.SkipToken),
            DeltaToken = options.GetString(SystemQueryOptions.DeltaToken),
        };
    }

    // The target of an error is the option of the request that contains it, at any depth.
    private bool TryGetOption(QueryOptionSet options, SystemQueryOptions option, NameScope? outer, out StringSlice range)
    {
        if (!options.TryGet(option, out range))
        {
            return false;
        }

        if (outer is null)
        {
            context.Target = SystemQueryOptionNames.GetName(option);
        }

        return true;
    }

    private void ParseCompute(StringSlice range, NameScope scope)
    {
        var saved = expressions.PushInput(range, scope);
        do
        {
            var computed = ParseComputed(scope.RowType);
            if (!scope.TryAddComputed(computed))
            {
                throw DuplicateName(computed.Name);
            }
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.ExpectEnd();
        expressions.PopInput(saved);
    }

    /// <summary>Parses <c>expression as name</c>; the name must not be that of an existing property.</summary>
    public ComputedProperty ParseComputed(StructuredType? type)
    {
        var start = expressions.Lexer.Current;
        var nodesBefore = context.NodeCount;
        var expression = expressions.ParseExpression();
        var nodeCount = context.NodeCount - nodesBefore;
        if (expression.Type is not (null or PrimitiveType or EnumType))
        {
            throw context.NotSupportedAt(expressions.Lexer, start, $"A computed property must be a single value, not {expression.Type.DisplayName}.");
        }

        return new ComputedProperty(ParseAlias(type), expression) { NodeCount = nodeCount };
    }

    /// <summary>Parses <c>as name</c>.</summary>
    public string ParseAlias(StructuredType? type)
    {
        ref var lexer = ref expressions.Lexer;
        if (!lexer.IsKeyword("as"))
        {
            throw context.UnexpectedToken(lexer, "an operator or 'as' and a name");
        }

        lexer.Advance();
        var name = lexer.Is(TokenKind.Name) && !lexer.CurrentText.Contains('.')
            ? lexer.CurrentText.ToString()
            : throw context.UnexpectedToken(lexer, "a name of letters, digits and underscores");
        if (type?.Find(name) is not null)
        {
            throw DuplicateName(name);
        }

        lexer.Advance();
        return name;
    }

    public ODataRequestException DuplicateName(string name) =>
        context.Error(ODataErrorCodes.DuplicateName, $"{context.Subject}: A property '{ODataErrors.Truncate(name)}' already exists; use another name.");

    /// <summary>Parses a property, optionally after a derived type.</summary>
    /// <param name="cast">The derived type; null if there is none.</param>
    public Property ParseProperty(StructuredType type, string expected, out StructuredType? cast)
    {
        ref var lexer = ref expressions.Lexer;
        cast = null;
        var currentType = type;
        while (true)
        {
            var token = lexer.Current;
            var name = lexer.Is(TokenKind.Name) ? lexer.CurrentText : throw context.UnexpectedToken(lexer, expected);
            lexer.Advance();
            if (NameLookup.FindProperty(currentType, name) is { } property)
            {
                return property;
            }

            currentType = NameLookup.FindTypeCast(currentType, name) ?? throw context.ErrorAt(
                ODataErrorCodes.UnknownProperty, lexer, token, ODataErrors.UnknownProperty(currentType, name));
            cast = ReferenceEquals(currentType, type) ? null : currentType;
            expressions.Expect(TokenKind.Slash, "'/' and " + expected);
        }
    }

    /// <summary>Parses a property; a derived type is only allowed before its own properties, because the path does not contain it.</summary>
    public Property ParseProperty(StructuredType type, string expected)
    {
        var token = expressions.Lexer.Current;
        var property = ParseProperty(type, expected, out var cast);
        return cast is null || type.Find(property.Name) is null
            ? property
            : throw context.NotSupportedAt(expressions.Lexer, token, ODataErrors.DerivedTypeNotSupported(type, property));
    }

    private OrderItem[] ParseOrderBy(StringSlice range, NameScope scope)
    {
        var saved = expressions.PushInput(range, scope);
        var items = ParseOrderItems();
        expressions.ExpectEnd();
        expressions.PopInput(saved);
        return items;
    }

    /// <summary>Parses sort keys up to the end of the list.</summary>
    public OrderItem[] ParseOrderItems()
    {
        ref var lexer = ref expressions.Lexer;
        var items = new List<OrderItem>();
        do
        {
            var start = lexer.Current;
            var expression = expressions.ParseExpression();
            if (!TypeRules.IsOrdered(expression.Type))
            {
                throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, start, $"Values of type {expression.Type?.DisplayName} have no order.");
            }

            var descending = lexer.IsKeyword("desc");
            if (descending || lexer.IsKeyword("asc"))
            {
                lexer.Advance();
            }

            items.Add(new OrderItem(expression, descending));
            if (items.Count > context.Limits.MaxOrderItems)
            {
                throw context.LimitExceeded("sort keys", context.Limits.MaxOrderItems, nameof(ODataLimits.MaxOrderItems));
            }
        }
        while (expressions.Accept(TokenKind.Comma));

        return [.. items];
    }

    private long ParseWholeNumber(StringSlice range, string option)
    {
        var text = range.Span.Trim();
        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw context.Error(ODataErrorCodes.InvalidOption, ODataErrors.InvalidValue(option, ODataErrors.WholeNumberRange, text));
    }

    private bool ParseBoolean(StringSlice range)
    {
        var text = range.Span.Trim();
        return text.Equals("true", StringComparison.OrdinalIgnoreCase)
            || (!text.Equals("false", StringComparison.OrdinalIgnoreCase)
                ? throw context.Error(ODataErrorCodes.InvalidOption, ODataErrors.InvalidValue("$count", "true or false", text))
                : false);
    }
}
