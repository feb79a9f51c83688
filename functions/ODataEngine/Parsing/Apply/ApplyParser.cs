using System.Globalization;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Apply;

/// <summary>
/// Parses <c>$apply</c> (OData Data Aggregation 4.0, 3): transformations, each bound to the output rows of the previous one.
/// </summary>
internal sealed class ApplyParser(ParseContext context, ExpressionParser expressions, QueryOptionParser queries)
{
    /// <summary>The supported transformations, including <c>expand</c> of earlier drafts.</summary>
    internal static readonly string[] TransformationNames =
    [
        "aggregate", "bottomcount", "bottompercent", "bottomsum", "compute", "concat", "expand", "filter", "groupby", "identity",
        "join", "orderby", "outerjoin", "search", "skip", "top", "topcount", "toppercent", "topsum",
    ];

    // Each transformation that adds properties creates a larger type.
    private const int PropertiesPerNode = 4;

    private readonly List<ExpandItem> expands = [];

    private List<StructuredType> inputTypes = [];

    /// <summary>Gets the items of <c>expand(…)</c>; they apply to the rows of the last transformation.</summary>
    public IReadOnlyList<ExpandItem> Expands => expands;

    /// <summary>Gets the types of the input rows of the transformations.</summary>
    public IReadOnlyList<StructuredType> InputTypes => inputTypes;

    public IReadOnlyList<Transformation> Parse(StringSlice range, StructuredType input)
    {
        var saved = expressions.PushInput(range, new NameScope(null, null));
        var steps = ParseSequence(input, isOutermost: true);
        expressions.ExpectEnd();
        expressions.PopInput(saved);
        return steps;
    }

    public List<Transformation> ParseSequence(StructuredType input, bool isOutermost = false)
    {
        context.EnterLevel();
        var outer = expressions.Scope;
        var steps = new List<Transformation>();
        var outerCount = inputTypes.Count;
        do
        {
            context.CountNodes(1 + (input.Properties.Count / PropertiesPerNode));
            var row = context.NewVariable("$it", input);
            expressions.Scope = new NameScope(row, null) { EarlierTypes = [.. inputTypes] };
            if (inputTypes.Count == 0 || !ReferenceEquals(inputTypes[^1], input))
            {
                inputTypes.Add(input);
            }

            ParseTransformation(steps, input, row, isOutermost);
            input = steps[^1].Output;
        }
        while (expressions.Accept(TokenKind.Slash));

        if (!isOutermost)
        {
            inputTypes.RemoveRange(outerCount, inputTypes.Count - outerCount);
        }

        expressions.Scope = outer;
        context.LeaveLevel();
        return steps;
    }

    private void ParseTransformation(List<Transformation> steps, StructuredType input, Variable row, bool isOutermost)
    {
        ref var lexer = ref expressions.Lexer;
        var token = lexer.Is(TokenKind.Name) ? lexer.Current : throw context.UnexpectedToken(lexer, "a transformation");
        var name = lexer.CurrentText.ToString();
        lexer.Advance();
        var kind = name.ToLowerInvariant();
        if (kind == "identity")
        {
            steps.Add(new IdentityTransformation(input, row));
            return;
        }

        if (lexer.Is(TokenKind.OpenParenthesis) && kind == "search")
        {
            steps.Add(new SearchTransformation(ParseSearch(), input, row));
            expressions.Expect(TokenKind.CloseParenthesis, "')'");
            return;
        }

        if (kind is "nest" or "addnested" or "ancestors" or "descendants" or "traverse" || name.Contains('.', StringComparison.Ordinal))
        {
            throw context.NotSupportedAt(lexer, token, $"The transformation {name} is not supported.");
        }

        if (Array.IndexOf(TransformationNames, kind) < 0)
        {
            throw context.ErrorAt(ODataErrorCodes.UnknownTransformation, lexer, token, $"The transformation '{ODataErrors.Truncate(name)}' does not exist. {ODataErrors.Suggest(name, TransformationNames, "Transformations")}");
        }

        expressions.Expect(TokenKind.OpenParenthesis, "'('");
        if (expands.Count > 0 && kind is "aggregate" or "groupby" or "join" or "outerjoin" or "concat")
        {
            throw context.NotSupportedAt(lexer, token, $"{kind} after expand is not supported because it would have to apply the filter of expand.");
        }

        switch (kind)
        {
            case "filter":
                steps.Add(new FilterTransformation(expressions.ParseCondition(), input, row));
                break;
            case "orderby":
                steps.Add(new OrderByTransformation(queries.ParseOrderItems(), input, row));
                break;
            case "skip":
                steps.Add(new SkipTransformation(ParseWholeNumber(), input, row));
                break;
            case "top":
                steps.Add(new TopTransformation(ParseWholeNumber(), input, row));
                break;
            case "compute":
                steps.Add(ParseCompute(input, row));
                break;
            case "concat":
                steps.Add(ParseConcat(input, row));
                break;
            case "join" or "outerjoin":
                steps.Add(ParseJoin(kind == "outerjoin", input, row));
                break;
            case "expand" when isOutermost:
                new ApplyExpandParser(context, expressions).Parse(input, expands);
                steps.Add(new IdentityTransformation(input, row));
                break;
            case "expand":
                throw context.NotSupportedAt(lexer, token, "expand inside another transformation is not supported.");
            case "groupby":
                steps.Add(CreateGroupByParser().Parse(input, row));
                break;
            case "aggregate":
                new AggregateParser(context, expressions, queries, CreateGroupByParser()).Parse(steps, input, row);
                break;
            default:
                steps.Add(ParseTopBottom(kind, input, row));
                break;
        }

        expressions.Expect(TokenKind.CloseParenthesis, "',' or ')'");
    }

    private GroupByParser CreateGroupByParser() => new(context, expressions, queries, this);

    private SearchExpression ParseSearch()
    {
        ref var lexer = ref expressions.Lexer;
        var start = lexer.Current.End;
        var end = NestedOptionReader.FindSearchEnd(lexer.Text, start, lexer.End);
        var search = SearchParser.Parse(context, new StringSlice(lexer.Text, start, end));
        lexer.MoveTo(end);
        return search;
    }

    private long ParseWholeNumber()
    {
        ref var lexer = ref expressions.Lexer;
        if (!lexer.Is(TokenKind.Integer) || !long.TryParse(lexer.CurrentText, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw context.UnexpectedToken(lexer, ODataErrors.WholeNumberRange);
        }

        lexer.Advance();
        return number;
    }

    private ComputeTransformation ParseCompute(StructuredType input, Variable row)
    {
        var computed = new List<ComputedProperty>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            computed.Add(queries.ParseComputed(input));
            if (!names.Add(computed[^1].Name))
            {
                throw queries.DuplicateName(computed[^1].Name);
            }
        }
        while (expressions.Accept(TokenKind.Comma));

        return new ComputeTransformation(computed, OutputTypes.AddProperties(input, computed.ConvertAll(property =>
            new Property(property.Name, property.Expression.Type ?? PrimitiveType.String, nullable: true) { Collation = CollationRules.Find(property.Expression) })), row);
    }

    private ConcatTransformation ParseConcat(StructuredType input, Variable row)
    {
        ref var lexer = ref expressions.Lexer;
        var start = lexer.Current;
        var sequences = new List<IReadOnlyList<Transformation>>();
        do
        {
            sequences.Add(ParseSequence(input));
        }
        while (expressions.Accept(TokenKind.Comma));

        if (sequences.Count < 2)
        {
            throw context.UnexpectedToken(lexer, "',' and another sequence");
        }

        var output = OutputTypes.MergeTypes(context.Model.Namespace, sequences.ConvertAll(sequence => sequence[^1].Output), out var conflict);
        return output is not null
            ? new ConcatTransformation(sequences, output, row)
            : throw context.NotSupportedAt(lexer, start, $"concat of sequences whose property '{conflict}' has different types is not supported.");
    }

    private JoinTransformation ParseJoin(bool isOuter, StructuredType input, Variable row)
    {
        ref var lexer = ref expressions.Lexer;
        var start = lexer.Current;
        var collection = expressions.ParseExpression();
        if (collection.Type is not CollectionType { Element: StructuredType element })
        {
            throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, start, $"join requires a collection of entities or complex values, not {TypeRules.DescribeType(collection)}.");
        }

        var alias = queries.ParseAlias(input);

        // The rows of the inner transformations are those of another collection.
        var outerTypes = inputTypes;
        inputTypes = [];
        List<Transformation> inner = expressions.Accept(TokenKind.Comma) ? ParseSequence(element) : [];
        inputTypes = outerTypes;
        var joined = inner.Count > 0 ? inner[^1].Output : element;
        return new JoinTransformation(isOuter, collection, alias, inner, OutputTypes.Create(input, [.. input.Properties, new Property(alias, joined, nullable: isOuter)], keepKey: false), row);
    }

    private TopBottomTransformation ParseTopBottom(string kind, StructuredType input, Variable row)
    {
        ref var lexer = ref expressions.Lexer;
        var isBottom = kind.StartsWith("bottom", StringComparison.Ordinal);
        var method = kind[(isBottom ? 6 : 3)..] switch
        {
            "count" => TopBottomMethod.Count,
            "sum" => TopBottomMethod.Sum,
            _ => TopBottomMethod.Percent,
        };

        // The amount does not depend on a row (3.3.1).
        var scope = expressions.Scope;
        expressions.Scope = new NameScope(null, null);
        var start = lexer.Current;
        var amount = expressions.ParseExpression();
        expressions.Scope = scope;
        expressions.Expect(TokenKind.Comma, "','");
        var valueStart = lexer.Current;
        var value = expressions.ParseExpression();
        if (!amount.IsNumeric)
        {
            throw context.ErrorAt(ODataErrorCodes.TypeMismatch, lexer, start, $"The first argument of {kind} must be a number, not {TypeRules.DescribeType(amount)}.");
        }

        return value.IsNumeric || (method == TopBottomMethod.Count && value.Type is not null && TypeRules.IsOrdered(value.Type))
            ? new TopBottomTransformation(isBottom, method, amount, value, input, row)
            : throw context.ErrorAt(
                ODataErrorCodes.TypeMismatch, lexer, valueStart, $"The second argument of {kind} must be {(method == TopBottomMethod.Count ? "a value with an order" : "a number")}, not {TypeRules.DescribeType(value)}.");
    }
}
