using ODataEngine.Model;

namespace ODataEngine.Parsing.QueryTree;

// The nodes are one closed family, read together: they share this file.

/// <summary>
/// An expression of the OData URL conventions (4.01 Part 2, 5.1.1) with names resolved and types checked.
/// </summary>
/// <param name="Type">The value's type; null for the literal null.</param>
public abstract record Expression(DataType? Type)
{
    public bool IsNumeric => Type is PrimitiveType { IsNumeric: true };

    public bool Is(PrimitiveKind kind) => Type is PrimitiveType primitive && primitive.Kind == kind;
}

/// <summary>A constant. The value has the CLR type of its kind (see <see cref="PrimitiveType.Get(System.Type)"/>), a <see cref="Geometry"/> for lines and polygons, an int for an enumeration.</summary>
public sealed record Literal(object? Value, DataType? Type) : Expression(Type);

/// <summary>A list of expressions in brackets or parentheses.</summary>
public sealed record ListExpression(IReadOnlyList<Expression> Items, CollectionType ListType) : Expression(ListType);

/// <summary>An object literal (JSON), compared with a complex value by property.</summary>
public sealed record ObjectExpression(IReadOnlyList<(Property Property, Expression Value)> Members, StructuredType ObjectType) : Expression(ObjectType);

/// <summary>A variable for a row or an item: slot 0 is <c>$it</c>; lambda variables and <c>$this</c> have the next slots.</summary>
public sealed record Variable(int Slot, string Name, DataType VariableType) : Expression(VariableType);

/// <summary>All entities of a set, by <c>$root</c>.</summary>
public sealed record RootEntitySet(EntitySet EntitySet) : Expression(new CollectionType(EntitySet.Type));

/// <summary>One entity of a collection by its key, the parts in key order.</summary>
public sealed record KeyAccess(Expression Collection, IReadOnlyList<Expression> Key, StructuredType EntityType) : Expression(EntityType);

/// <summary>One item of an ordered collection by its index; a negative index counts from the end (4.01 Part 2, 4.9).</summary>
public sealed record ItemAccess(Expression Collection, long Index, DataType ItemType) : Expression(ItemType);

/// <summary>A property of a structured value: primitive, complex, collection or navigation.</summary>
public sealed record PropertyAccess(Expression Source, Property Property) : Expression(Property.Type);

/// <summary>A property that <c>$compute</c> defines for the rows of slot <paramref name="Slot"/>.</summary>
public sealed record ComputedAccess(int Slot, ComputedProperty Property) : Expression(Property.Expression.Type);

/// <summary>A missing value of a type, whose properties are null: what a row of <c>$apply</c> lacks (OData Data Aggregation 4.0, 3.7).</summary>
public sealed record MissingValue(StructuredType ValueType) : Expression(ValueType);

/// <summary><c>isdefined</c>: tests whether an instance contains a property, even if it is null (OData Data Aggregation 4.0, 3.7).</summary>
public sealed record IsDefinedExpression(PropertyAccess Access) : Expression(PrimitiveType.Boolean);

public sealed record UnaryExpression(UnaryOperator Operator, Expression Operand, DataType? ResultType) : Expression(ResultType);

/// <summary>A binary operator; primitive operands of arithmetic and comparison operators have one type.</summary>
public sealed record BinaryExpression(BinaryOperator Operator, Expression Left, Expression Right, DataType? ResultType) : Expression(ResultType);

/// <summary>Tests if the operand equals an item of a list (4.01 Part 2, 5.1.1.1.12).</summary>
public sealed record InExpression(Expression Operand, Expression List) : Expression(PrimitiveType.Boolean);

/// <summary>A canonical function (4.01 Part 2, 5.1.1.4 to 5.1.1.11) over arguments of checked types.</summary>
public sealed record FunctionCall(CanonicalFunction Function, IReadOnlyList<Expression> Arguments, DataType? ResultType) : Expression(ResultType);

/// <summary>
/// A conversion by <c>cast</c>, a type-cast segment or numeric promotion. A value that cannot be converted is null; a
/// collection of structured values keeps the items of the type.
/// </summary>
public sealed record CastExpression(Expression Operand, DataType Target) : Expression(Target);

public sealed record IsOfExpression(Expression Operand, DataType Target) : Expression(PrimitiveType.Boolean);

/// <summary>The value of the first branch whose condition is true; otherwise null.</summary>
public sealed record CaseExpression(IReadOnlyList<(Expression Condition, Expression Value)> Branches, DataType? ResultType) : Expression(ResultType);

/// <summary><c>any</c> or <c>all</c>; <c>any()</c> has neither variable nor predicate.</summary>
public sealed record LambdaExpression(bool IsAll, Expression Collection, Variable? Variable, Expression? Predicate) : Expression(PrimitiveType.Boolean);

/// <summary>The number of items of a collection that match a filter and a search.</summary>
/// <param name="Variable">The variable of an item in the filter; null if there is no filter.</param>
public sealed record CountExpression(Expression Collection, Variable? Variable, Expression? Filter, SearchExpression? Search) : Expression(PrimitiveType.Int64);

/// <summary>The items of a collection that match a filter, from the path segment <c>/$filter(...)</c>.</summary>
public sealed record CollectionFilter(Expression Collection, Variable Variable, Expression Filter) : Expression(Collection.Type);

/// <summary>
/// The items of all collections (or single related entities) that <paramref name="Inner"/> reads from the items of a
/// collection, concatenated: <c>sales/product</c> in an aggregate.
/// </summary>
public sealed record CollectionFlattening(Expression Collection, Variable Item, Expression Inner, CollectionType ListType) : Expression(ListType);
