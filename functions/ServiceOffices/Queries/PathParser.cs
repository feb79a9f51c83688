using System.Globalization;
using ServiceOffices.Tables;

namespace ServiceOffices.Queries;

/// <summary>Reads a resource path (OData 4.01 Part 2, 4; ABNF 1: resourcePath).</summary>
internal sealed class PathParser(ParseContext context, ExpressionParser expressions)
{
    private const SystemOptions OfCollection = SystemOptions.Items | SystemOptions.SkipToken | SystemOptions.Anywhere;
    private const SystemOptions OfEntities = OfCollection | SystemOptions.Shape | SystemOptions.Apply | SystemOptions.DeltaToken;
    private static readonly Scope NoScope = new(null, null);

    private PathSegments segments;
    private Expression value = TypeRules.Null;
    private EntitySet? set;
    private ValueForm form;

    /// <param name="path">Below the service root; decoded but for %2F, which is a slash inside a segment.</param>
    public ParsedPath Parse(string path)
    {
        segments = new PathSegments(path);
        if (!segments.MoveNext())
        {
            return new ParsedPath(new ServiceDocumentResource(), null, SystemOptions.Anywhere, "the service document");
        }

        var first = segments.Current;
        return first.Name switch
        {
            "$metadata" => Alone(new MetadataResource(), "$metadata", SystemOptions.Anywhere),
            "$batch" => Alone(new BatchResource(), "$batch", SystemOptions.Anywhere),
            "$all" => Alone(new AllResource(), "$all", SystemOptions.Search | SystemOptions.Skip | SystemOptions.Top | SystemOptions.Count | SystemOptions.SkipToken | SystemOptions.Anywhere),
            "$crossjoin" => ParseCrossJoin(first),
            "$entity" => ParseEntityId(),
            _ => ParseValue(first),
        };
    }

    private ParsedPath Alone(Resource resource, string kind, SystemOptions allowed) =>
        segments.MoveNext() ? throw NotFound(segments.Current, $"nothing lies below {kind}") : new ParsedPath(resource, null, allowed, kind);

    // 4.01 Part 2, 4.15: rows of one entity of each set.
    private ParsedPath ParseCrossJoin(PathSegment segment)
    {
        var sets = new List<EntitySet>();
        var before = expressions.Open(segment.Arguments, NoScope);
        expressions.Expect(TokenKind.Open, "'(' and entity sets");
        do
        {
            ref var lexer = ref expressions.Lexer;
            var joined = context.Model.Find(lexer.CurrentText.ToString()) ?? throw UnknownSet(lexer.CurrentText);
            sets.Add(sets.Contains(joined) ? throw context.Error("Syntax", $"The path: '{joined.Name}' is in $crossjoin twice; allowed: each set once.") : joined);
            lexer.Advance();
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.Expect(TokenKind.Close, "',' or ')'");
        expressions.ExpectEnd();
        expressions.Close(before);
        var row = new StructuredType(
            context.Model.Namespace, $"$crossjoin({string.Join(',', sets.Select(joined => joined.Name))})",
            [.. sets.Select(joined => new Property(joined.Name, joined.Name, () => joined.Type, nullable: false))], []);
        return Alone(new CrossJoinResource(sets), "$crossjoin", OfEntities & ~SystemOptions.DeltaToken) with { RowType = row };
    }

    // 4.01 Part 2, 4.6: $entity?$id=…, the id absolute or relative to the service root.
    private ParsedPath ParseEntityId()
    {
        var id = context.Options.Text(SystemOptions.Id) ?? throw context.Error("Syntax", "$entity needs the option $id with the URL of an entity.");
        var cast = segments.MoveNext() ? segments.Current.Text.ToString() : null;
        if (segments.MoveNext())
        {
            throw NotFound(segments.Current, "nothing lies below $entity but a type");
        }

        context.Target = "$id";
        for (var start = 0; start >= 0; start = id.IndexOf('/', start) is >= 0 and var slash ? slash + 1 : -1)
        {
            var name = id.AsSpan(start);
            var length = name.IndexOfAny('(', '/', '?');
            if (context.Model.Find((length < 0 ? name : name[..length]).ToString()) is not null)
            {
                var entity = Parse(id[start..]);
                context.Target = null;
                if (entity is { Resource: ValueResource { Set: not null, Form: ValueForm.Value }, RowType: StructuredType type }
                    && value.Type is StructuredType && Names.Cast(type, cast ?? type.FullName) is { } target)
                {
                    value = TypeRules.Cast(value, target);
                    return Described() with { Allowed = entity.Allowed | SystemOptions.Id };
                }

                throw new QueryException(404, "NotFound", $"$id names no {cast ?? "entity"}.", "$id");
            }
        }

        throw new QueryException(404, "NotFound", "$id names no entity of this service.", "$id");
    }

    private ParsedPath ParseValue(PathSegment first)
    {
        set = context.Model.Find(first.Name.ToString()) ?? throw UnknownSet(first.Name);
        value = Keyed(new RootSet(set), first);
        while (segments.MoveNext())
        {
            context.CountNode();
            if (form != ValueForm.Value)
            {
                throw NotFound(segments.Current, "nothing lies below $count, $value and $ref");
            }

            Step(segments.Current);
        }

        return Described();
    }

    private void Step(PathSegment segment)
    {
        switch (segment.Name)
        {
            case "$count" when value.Type is CollectionType && !segment.HasArguments:
                form = ValueForm.Count;
                break;
            case "$ref" when set is not null && !segment.HasArguments:
                form = ValueForm.Reference;
                break;
            case "$value" when value.Type is PrimitiveType or EnumType && !segment.HasArguments:
                form = ValueForm.Raw;
                break;
            case "$filter" when value.Type is CollectionType collection && segment.HasArguments:
                value = Filter(collection, segment);
                break;
            case "$each":
                throw context.NotSupported("The path: $each is not supported; this service is for reading.");
            default:
                value = value.Type switch
                {
                    StructuredType type => Member(type, segment),
                    CollectionType { Element: StructuredType { IsEntity: true } type } => KeySegment(type, segment),
                    CollectionType { Element: var element } => Item(element, segment),
                    _ => throw NotFound(segment, $"nothing lies below a value of type {value.Type}"),
                };
                break;
        }
    }

    private Filtered Filter(CollectionType collection, PathSegment segment)
    {
        var item = context.NewVariable("$it", collection.Element);
        var arguments = segment.Arguments;
        var condition = expressions.ParseCondition(new TextRange(arguments.Text, arguments.Start + 1, arguments.End - 1), new Scope(item, null));
        return new Filtered(value, item, condition);
    }

    private Expression Member(StructuredType type, PathSegment segment)
    {
        if (Names.Find(type, segment.Name) is not { } property)
        {
            return !segment.HasArguments && Names.Cast(type, segment.Name) is { } target ? TypeRules.Cast(value, target) : throw NotFound(
                segment, $"it is no property of {type.FullName}; {Names.OfProperties(type, segment.Name)}");
        }

        set = property.TargetSet is { } targetSet ? context.Model.Find(targetSet) : null;
        return Keyed(new PropertyAccess(value, property), segment);
    }

    private Expression Keyed(Expression collection, PathSegment segment)
    {
        if (!segment.HasArguments)
        {
            return collection;
        }

        if (collection.Type is not CollectionType { Element: StructuredType { IsEntity: true } type })
        {
            throw NotFound(segment, "only collections of entities have keys");
        }

        var before = expressions.Open(segment.Arguments, NoScope);
        var entity = expressions.ParseKey(collection, type);
        expressions.ExpectEnd();
        expressions.Close(before);
        return entity.Key.All(part => part is Literal)
            ? entity
            : throw context.Error("InvalidKey", "The path: a key is made of constants or aliases.");
    }

    // 4.01 Part 2, 4.3.6: the parts of the key as segments of their own, text without quotes.
    private Expression KeySegment(StructuredType type, PathSegment segment)
    {
        if (Names.Cast(type, segment.Name) is { } target)
        {
            return Keyed(TypeRules.Cast(value, target), segment);
        }

        if (segment.Name.StartsWith("$"))
        {
            throw NotFound(segment, "allowed behind a collection: a key, $count, $ref, $filter(…)");
        }

        var key = new Expression[type.Key.Count];
        for (var i = 0; i < key.Length; i++)
        {
            if (i > 0 && !segments.MoveNext())
            {
                throw NotFound(segment, $"the key of {type.FullName} has {key.Length.ToString(CultureInfo.InvariantCulture)} parts");
            }

            var part = type.Key[i].Type;
            key[i] = LiteralReader.TryRead(segments.Current.Text.Span, part, out var constant)
                ? new Literal(constant, part)
                : throw NotFound(segments.Current, $"the key '{type.Key[i].Name}' is of type {part}");
        }

        return new KeyAccess(value, key, type);
    }

    private Expression Item(DataType element, PathSegment segment)
    {
        if (element is StructuredType type && !segment.HasArguments && Names.Cast(type, segment.Name) is { } target)
        {
            return TypeRules.Cast(value, target);
        }

        return long.TryParse(segment.Text.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
            ? new ItemAt(value, index, element)
            : throw NotFound(segment, "allowed behind a collection: $count, $filter(…), the place of an item such as 0 or -1");
    }

    private ParsedPath Described()
    {
        var element = value.Type is CollectionType collection ? collection.Element : value.Type!;
        var resource = new ValueResource(value, set, form);
        return (form, value.Type, element) switch
        {
            (ValueForm.Count, _, _) => new ParsedPath(resource, element, (OfEntities | SystemOptions.SchemaVersion) & ~(SystemOptions.Format | SystemOptions.SkipToken), "$count"),
            (ValueForm.Raw, _, _) => new ParsedPath(resource, element, SystemOptions.Anywhere, "$value"),
            (ValueForm.Reference, CollectionType, _) => new ParsedPath(resource, element, OfCollection, "references"),
            (ValueForm.Reference, _, _) => new ParsedPath(resource, element, SystemOptions.Anywhere, "a reference"),
            (_, CollectionType, StructuredType) => new ParsedPath(resource, element, OfEntities, "a collection"),
            (_, CollectionType, _) => new ParsedPath(resource, element, OfCollection, "a collection of single values"),
            (_, _, StructuredType { IsEntity: true }) => new ParsedPath(resource, element, SystemOptions.Shape | SystemOptions.Anywhere, "one entity"),
            (_, _, StructuredType) => new ParsedPath(resource, element, SystemOptions.Shape | SystemOptions.Anywhere, "a complex value"),
            _ => new ParsedPath(resource, element, SystemOptions.Anywhere, "a single value"),
        };
    }

    private QueryException UnknownSet(ReadOnlySpan<char> name) => new(
        404, "NotFound", $"There is no entity set '{Names.Clip(name)}'; {Names.Hint(name, context.Model.Sets.Select(known => known.Name), "entity sets")}.");

    private static QueryException NotFound(PathSegment segment, string why) =>
        new(404, "NotFound", $"There is no '{Names.Clip(segment.Text.Span)}' here: {why}.");
}
